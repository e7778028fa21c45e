import type { Laurel } from '@laurel/sdk/server';
import type { Game } from '../game/world.ts';

/** What somebody says, or what is said of them: each word is found nowhere else. */
export const WORDS = {
  externalId: 'xid-Quetzalcoatlus-77',
  displayName: 'Wilhelmine Zauberflink',
  renamed: 'Wilhelmine Nachtigall',
  language: 'gsw-LI',
  zone: 'Antarctica/Troll',
  attribute: 'allergic-to-marzipan',
  changed: 'fond-of-liquorice',
  tag: 'tag-hippocampus',
  said: 'said-abracadabra',
  late: 'late-rumpelstilzchen',
  voided: 'note-of-the-void',
  grant: 'note-of-the-grant',
  transaction: 'note-of-the-transaction',
  freezes: 'note-of-the-freezes',
  award: 'note-of-the-award',
  settled: 'note-of-the-settling',
} as const;

/** All of the words. */
export const EVERY_WORD: readonly string[] = Object.values(WORDS);

/** Defines a game with a part of every kind. */
export async function defineGame(laurel: Laurel): Promise<void> {
  const name = { en: 'A name' };
  await laurel.currencies.create({ id: 'gems', name });
  const when = { kind: 'permanent' } as const;
  await laurel.activities.create({ id: 'lesson', name });
  await laurel.missions.create({
    id: 'two',
    name,
    schedule: when,
    steps: [{ activity: 'lesson', target: 2, condition: `event.attributes.mood != "x" && user.language != "xx"` }],
    rewards: [{ kind: 'currency', currency: 'gems', amount: 50, claim: { within: 'P30D' } }],
  });
  await laurel.rewardRules.create({
    id: 'per-lesson',
    name,
    trigger: { kind: 'event', activity: 'lesson' },
    rewards: [{ kind: 'currency', currency: 'gems', amount: 20 }],
  });
  await laurel.badges.create({ id: 'explorer', name, criteria: name });
  await laurel.streaks.create({
    id: 'daily',
    name,
    cadence: 'day',
    zone: 'user',
    activity: 'lesson',
    freezes: { most: 3 },
  });
  await laurel.leaderboards.create({
    id: 'all',
    name,
    source: { kind: 'count', activity: 'lesson' },
    window: { kind: 'allTime' },
  });
  await laurel.catalogItems.create({ id: 'mug', name, price: [{ currency: 'gems', amount: 5 }], fulfilment: 'manual' });
  await laurel.webhooks.create({ id: 'hook', url: 'https://hooks.example.com/laurel' });
}

/** Somebody plays everything that there is, and is written about wherever that can be. Answers with their id. */
export async function liveALife({ laurel, platform }: Game): Promise<string> {
  const { externalId, displayName, language, zone } = WORDS;
  const user = await laurel.users.create({
    externalId,
    displayName,
    language,
    zone,
    attributes: { likes: WORDS.attribute },
    tags: [WORDS.tag],
  });
  const { id } = user;
  await laurel.users.update(
    id,
    { displayName: WORDS.renamed, attributes: { likes: WORDS.changed } },
    { ifMatch: user },
  );
  const attributes = { mood: WORDS.said };
  const day = 24 * 60 * 60 * 1000;
  const at = (days: number) => new Date(Date.now() - days * day).toISOString();
  const { id: first } = await laurel.events
    .track({ externalUserId: externalId, activity: 'lesson', attributes, occurredAt: at(3) })
    .then(({ event }) => event);
  await laurel.events.trackBatch({
    events: [2, 1].map((days) => ({ userId: id, activity: 'lesson', attributes, occurredAt: at(days) })),
  });
  for (let index = 0; index < 30; index += 1) await laurel.events.track({ userId: id, activity: 'lesson', attributes });
  const late = { mood: WORDS.late };
  await laurel.events.track({ userId: id, activity: 'lesson', attributes: late, occurredAt: at(5) });
  await laurel.events.void(first, { note: WORDS.voided });
  await laurel.users.grant(id, {
    rewards: [{ kind: 'currency', currency: 'gems', amount: 5 }],
    note: WORDS.grant,
  });
  const me = laurel.as({ userId: id });
  await laurel.ledger.create({
    kind: 'credit',
    legs: [{ userId: id, currency: 'gems', amount: 7 }],
    note: WORDS.transaction,
  });
  await laurel.playerStreaks.grantFreezes(id, 'daily', { count: 1, note: WORDS.freezes });
  await laurel.badgeAwards.create(id, { badge: 'explorer', reason: WORDS.award });
  const redemption = await me.catalog.redeem('mug');
  await laurel.redemptions.fulfil(redemption.id, { note: WORDS.settled });
  for await (const reward of me.rewards.list()) if (reward.state === 'claimable') await me.rewards.claim(reward.id);
  await me.teams.create({ name: 'The team' });
  await laurel.segments.create({ id: 'some', name: { en: 'Some' }, condition: 'user.language != "xx"' });
  await laurel.segments.size('some');
  await platform.inside.streams.settled();
  return id;
}
