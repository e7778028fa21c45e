import type { Contract } from '@laurel/contract';
import type { BadgeCredential } from '@laurel/contract/badges/credential';
import type { Badge, BadgeAward, PlayerBadge } from '@laurel/contract/badges/schema';
import type { User } from '@laurel/contract/users/schema';
import type { Identity } from '../credentials/open-badge.ts';
import { awardedAtOf, type BadgeState, type HeldTier, tierOf } from '../domain/badge/badge.ts';
import { type BadgeRecord, badgeList, badgesOf, lookup } from '../domain/index.ts';
import { revocationListOf, revocationsOf } from '../store/badges.ts';
import { getVersion } from '../store/definition-items.ts';
import { getSheet } from '../store/players.ts';
import { getUser } from '../store/users.ts';
import { planAct } from './acts.ts';
import { authorOf, type CallContext, type Handlers, listingOf, pageOf, reachOf } from './call.ts';
import type { DefinitionType } from './definition-type.ts';
import { assertPlays } from './may-play.ts';
import { notFound, unknownReference } from './problem.ts';
import { type Reader, readerOf, workspaceOf } from './reader.ts';
import { playerQueue } from './serial.ts';
import { bestText } from './text.ts';

/** What is particular to badges. */
export const badgeType: DefinitionType<'badges'> = {
  kind: 'badges',
  idKind: 'badge',
  build: (body, managed) => ({ ...body, ...managed }),
  references: () => [],
};

/** The badge in the version that a player counts on; in the current one before their first award, or a new start. */
async function versionFor(
  { platform, scope }: CallContext,
  badge: Badge,
  state: BadgeState | undefined,
): Promise<Badge> {
  if (state === undefined || state.count === 0 || state.version === badge.version) return badge;
  return (await getVersion(platform.table, scope, 'badges', badge.id, state.version)) ?? badge;
}

/**
 * A badge as a player sees it.
 * @param rule the version of the badge that they count on
 */
function presentBadge(
  badge: Badge,
  rule: Badge,
  state: BadgeState | undefined,
  languages: readonly string[],
): PlayerBadge {
  const [count, tier] = [state?.count ?? 0, tierOf(state)];
  const next = rule.tiers[tier];
  return {
    id: badge.id,
    name: bestText(badge.name, languages),
    description: badge.description === undefined ? null : bestText(badge.description, languages),
    image: badge.image ?? null,
    criteria: bestText(badge.criteria, languages),
    secret: badge.secret,
    earned: tier > 0,
    awardedAt: awardedAtOf(state),
    count,
    tier,
    tiers: rule.tiers.map((one, index) => ({
      tier: index + 1,
      name: one.name === undefined ? null : bestText(one.name, languages),
      count: one.count,
      reachedAt: state?.reachedAt[index] ?? null,
    })),
    next: next === undefined ? null : { tier: tier + 1, count: next.count, left: next.count - count },
  };
}

/** Whether a player may know of a badge: what is secret or archived, those alone who earned it. */
function isShown({ secret, status }: Badge, state: BadgeState | undefined): boolean {
  return tierOf(state) > 0 || (status === 'published' && !secret);
}

/** What a player has of badges. */
async function badgesNow(call: CallContext, userId: string): Promise<Readonly<Record<string, BadgeRecord>>> {
  return badgesOf((await getSheet(call.platform.table, call.scope, userId)).state);
}

interface ShownBadge {
  readonly reader: Reader;
  readonly badge: Badge;
  readonly state: BadgeRecord | undefined;
}

/** A badge that the player may know of, and what they have of it. */
async function shownBadge(call: CallContext, id: string): Promise<ShownBadge> {
  const reader = await readerOf(call);
  const state = lookup(await badgesNow(call, reader.user.id), id);
  const badge = reader.rulebook.definitions.badges.find((one) => one.id === id);
  if (badge === undefined || !isShown(badge, state)) throw notFound();
  return { reader, badge, state };
}

/** The tier that a credential is for: the highest that the player holds. */
function heldTier(state: BadgeState | undefined): HeldTier | undefined {
  const reachedAt = state?.reachedAt.at(-1);
  if (state === undefined || reachedAt === undefined) return undefined;
  return { badge: state.badge, tier: tierOf(state), reachedAt };
}

/** By what a customer knows the player, and by what Laurel does. */
function identitiesOf({ id, externalId }: User): readonly Identity[] {
  const own = { type: 'systemId', value: id } as const;
  return externalId === null ? [own] : [{ type: 'accountId', value: externalId }, own];
}

async function issueCredential(
  call: CallContext,
  { user, languages }: Reader,
  badge: Badge,
  held: HeldTier,
): Promise<BadgeCredential> {
  const { credentials, table } = call.platform;
  const workspace = await workspaceOf(call);
  const name = credentials.nameOf(call.scope, { userId: user.id, ...held });
  const tierName = badge.tiers[held.tier - 1]?.name;
  const title = bestText(badge.name, languages);
  const criteria = bestText(badge.criteria, languages);
  return credentials.issue({
    place: call.scope,
    issuerName: workspace.name,
    name,
    revoked: await revocationsOf(table, call.scope, name),
    revocationList: revocationListOf(name),
    achievement: {
      badge: badge.id,
      tier: held.tier,
      version: badge.version,
      name: tierName === undefined ? title : `${title}: ${bestText(tierName, languages)}`,
      description: badge.description === undefined ? criteria : bestText(badge.description, languages),
      criteria,
      image: badge.image,
    },
    identities: identitiesOf(user),
    validFrom: held.reachedAt,
    now: call.now,
  });
}

export const appBadges: Handlers<Contract['app']['badges']> = {
  async list(call) {
    const reader = await readerOf(call);
    const states = new Map(Object.entries(await badgesNow(call, reader.user.id)));
    const { state } = call.query;
    const shown = reader.rulebook.definitions.badges
      .filter((badge) => isShown(badge, states.get(badge.id)))
      .filter(({ id }) => state === undefined || tierOf(states.get(id)) > 0 === (state === 'earned'));
    const filters = { user: reader.user.id, state };
    const list = listingOf(shown, reachOf(call, filters), (badge) => badge.id);
    const rules = new Map(
      await Promise.all(
        list.items.map(async (badge) => [badge.id, await versionFor(call, badge, states.get(badge.id))] as const),
      ),
    );
    const present = (badge: Badge) =>
      presentBadge(badge, rules.get(badge.id) ?? badge, states.get(badge.id), reader.languages);
    return { body: pageOf(call, filters, list, present) };
  },

  async get(call) {
    const { reader, badge, state } = await shownBadge(call, call.params.id);
    const rule = await versionFor(call, badge, state);
    return { body: presentBadge(badge, rule, state, reader.languages) };
  },

  async credential(call) {
    const { reader, badge, state } = await shownBadge(call, call.params.id);
    const held = heldTier(state);
    if (held === undefined) throw notFound();
    return { body: await issueCredential(call, reader, await versionFor(call, badge, state), held) };
  },
};

function presentAward(userId: string, record: BadgeRecord): BadgeAward {
  const { badge, version, count, reachedAt, revokedAt, change } = record;
  return {
    userId,
    badge,
    version,
    count,
    tier: tierOf(record),
    reachedAt: [...reachedAt],
    revokedAt,
    lastChange: change,
  };
}

async function userOf(call: CallContext & { readonly params: { readonly id: string } }): Promise<User> {
  const user = await getUser(call.platform.table, call.scope, call.params.id);
  if (user === undefined) throw notFound();
  return user;
}

export const badgeAwards: Handlers<Contract['dashboard']['badgeAwards']> = {
  async list(call) {
    const { id } = await userOf(call);
    const { state } = await getSheet(call.platform.table, call.scope, id);
    const filters = { user: id };
    const list = listingOf(badgeList(state), reachOf(call, filters), ({ badge }) => badge);
    return { body: pageOf(call, filters, list, (record) => presentAward(id, record)) };
  },

  async create(call) {
    const user = await userOf(call);
    assertPlays(user, 'The user is suspended and earns nothing.');
    const { badge, reason } = call.body;
    const { ruleset } = await call.platform.rulebooks(call.scope);
    // Archived ones as well, as with currencies: what was promised before is still given.
    if (!ruleset.badges.has(badge)) throw unknownReference('/badge', 'badge');
    const act = { kind: 'awardBadge', badge, by: authorOf(call), reason } as const;
    const { plan, writes } = await planAct(call, user, act);
    const record = lookup(badgesOf(plan.sheet.state), badge);
    if (record === undefined) throw new Error('an award left no badge');
    return { body: presentAward(user.id, record), writes, queue: playerQueue(call.scope, user.id) };
  },

  async revoke(call) {
    const user = await userOf(call);
    const { badge } = call.params;
    const before = lookup(await badgesNow(call, user.id), badge);
    if (before === undefined) throw notFound();
    if (before.count === 0 && before.revokedAt !== null) return { body: presentAward(user.id, before) };
    const act = { kind: 'revokeBadge', badge, by: authorOf(call), reason: call.body.reason } as const;
    const { plan, writes } = await planAct(call, user, act);
    const record = lookup(badgesOf(plan.sheet.state), badge) ?? before;
    return { body: presentAward(user.id, record), writes, queue: playerQueue(call.scope, user.id) };
  },
};
