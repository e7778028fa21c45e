import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { codeOf, codesOf, refusalOf, times } from '../game/world.ts';
import { type Limited, openUsage, type UsageWorld } from './usage-world.ts';
import { clientOf } from './world.ts';

let world: UsageWorld;
beforeAll(async () => {
  world = await openUsage();
});
afterAll(() => world.close());

const FULL = 'plan_limit_reached';

/** So many events of the player, with ids of their own. */
const events = ({ ada }: Limited, count: number, from = 0) =>
  times(count, (index) => ({ id: `event-${from + index}`, userId: ada, activity: 'ran' }));

/** What became of each item of a batch: its status, or the code of its problem. */
const outcomes = ({ items }: { items: readonly { status: string; problem?: { code: string } }[] }) =>
  items.map(({ status, problem }) => problem?.code ?? status);

describe('events of a month', () => {
  test('are accepted as far as the plan goes, item by item, the first of a batch before the others', async () => {
    const tenant = await world.limited({ eventsPerMonth: 5 });
    const { laurel, place } = tenant;
    const receipt = await laurel.events.trackBatch({ events: events(tenant, 8) });
    expect(outcomes(receipt)).toEqual([...times(5, () => 'accepted'), FULL, FULL, FULL]);
    expect(receipt).toMatchObject({ accepted: 5, rejected: 3 });
    expect((await laurel.events.list()).items).toHaveLength(5);
    expect(await world.used(place)).toEqual({ players: 1, eventsPerMonth: 5 });
    expect(await refusalOf(laurel.events.track({ userId: tenant.ada, activity: 'ran' }))).toMatchObject({
      code: FULL,
      detail: 'The plan allows 5 events in a month of UTC: 2026-11 has had them.',
    });
  });

  test('that are refused change nothing, and a dry run answers the same', async () => {
    const tenant = await world.limited({ eventsPerMonth: 1 });
    const { laurel, place } = tenant;
    const dry = await laurel.events.trackBatch({ events: events(tenant, 3), dryRun: true });
    const wet = await laurel.events.trackBatch({ events: events(tenant, 3) });
    expect([outcomes(dry), outcomes(wet)]).toEqual(times(2, () => ['accepted', FULL, FULL]));
    await world.used(place);
    const before = await world.test.snapshot();
    expect(outcomes(await laurel.events.trackBatch({ events: events(tenant, 3, 1) }))).toEqual([FULL, FULL, FULL]);
    expect(await codeOf(laurel.events.track({ userId: tenant.ada, activity: 'ran' }))).toBe(FULL);
    expect(await codeOf(laurel.events.track({ userId: tenant.ada, activity: 'ran', dryRun: true }))).toBe(FULL);
    expect(await world.test.snapshot()).toBe(before);
  });

  test('that were accepted before are answered as before, and count once', async () => {
    const tenant = await world.limited({ eventsPerMonth: 2 });
    const { laurel, place } = tenant;
    const first = await laurel.events.trackBatch({ events: events(tenant, 2) });
    const again = await laurel.events.trackBatch({ events: [...events(tenant, 3), ...events(tenant, 1)] });
    expect(outcomes(again)).toEqual(['accepted', 'accepted', FULL, 'accepted']);
    expect(again.items.slice(0, 2)).toEqual(first.items);
    const [one] = events(tenant, 1);
    if (one === undefined) throw new Error('there is one event');
    expect((await laurel.events.track(one)).event.id).toBe(one.id);
    expect(await codeOf(laurel.events.track({ ...one, value: 2 }))).toBe('event_conflict');
    expect(await world.used(place)).toEqual({ players: 1, eventsPerMonth: 2 });
  });

  test('go to one of ten who send the last one at once', async () => {
    const tenant = await world.limited({ eventsPerMonth: 3 });
    await tenant.laurel.events.trackBatch({ events: events(tenant, 2) });
    const codes = await codesOf(
      times(10, (index) => tenant.laurel.events.track({ id: `last-${index}`, userId: tenant.ada, activity: 'ran' })),
    );
    expect(codes.toSorted()).toEqual(['none', ...times(9, () => FULL)]);
  });

  test('begin at zero with the next month, in real time and UTC', async () => {
    world.clock.set('2026-11-30T23:59:59.999Z');
    const tenant = await world.limited({ eventsPerMonth: 2 });
    const { laurel, place } = tenant;
    expect(outcomes(await laurel.events.trackBatch({ events: events(tenant, 3) })).at(-1)).toBe(FULL);
    world.clock.set('2026-12-01T00:00:00.000Z');
    expect(await world.used(place)).toEqual({ players: 1, eventsPerMonth: 0 });
    // When an event occurred is of the game; when it came counts.
    const late = events(tenant, 3, 3).map((event) => ({ ...event, occurredAt: '2026-10-01T00:00:00Z' }));
    expect(outcomes(await laurel.events.trackBatch({ events: late }))).toEqual(['accepted', 'accepted', FULL]);
    expect(await world.used(place)).toEqual({ players: 1, eventsPerMonth: 2 });
    world.clock.set('2027-01-01T00:00:00.000Z');
    expect(await codeOf(laurel.events.track({ userId: tenant.ada, activity: 'ran' }))).toBe('none');
    expect(await world.used(place)).toEqual({ players: 1, eventsPerMonth: 1 });
    world.clock.set('2026-11-15T12:00:00Z');
  });

  test('count no voids and no grants, and a void gives nothing back', async () => {
    const tenant = await world.limited({ eventsPerMonth: 2 });
    const { laurel, place, ada } = tenant;
    await laurel.currencies.create({ id: 'xp', name: { en: 'XP' } });
    await laurel.events.trackBatch({ events: events(tenant, 2) });
    await laurel.events.void('event-0', { note: 'a mistake' });
    const rewards = [{ kind: 'currency' as const, currency: 'xp', amount: 5 }];
    expect(await codeOf(laurel.users.grant(ada, { rewards, note: 'a present' }))).toBe('none');
    expect(await codeOf(laurel.events.track({ userId: ada, activity: 'ran' }))).toBe(FULL);
    expect(await world.used(place)).toEqual({ players: 1, eventsPerMonth: 2 });
  });
});

describe('players', () => {
  test('are made as far as the plan goes, one by one and in a batch; who is there already takes no room', async () => {
    const { laurel, place } = await world.limited({ players: 3 });
    const made = await laurel.users.createBatch({ users: ['bo', 'cy', 'di'].map((externalId) => ({ externalId })) });
    expect(outcomes(made)).toEqual(['created', 'created', FULL]);
    const more = () => laurel.users.create({ id: 'ed' });
    expect(await refusalOf(more())).toMatchObject({
      code: FULL,
      detail: 'The plan allows 3 players, and there are as many.',
    });
    expect(await codeOf(laurel.users.create({ externalId: 'ada' }))).toBe('already_exists');
    expect((await laurel.users.list()).items).toHaveLength(3);
    expect(await world.used(place)).toEqual({ players: 3, eventsPerMonth: 0 });
    await world.allow(place, { players: 4 });
    expect(await codeOf(more())).toBe('none');
    expect(await codeOf(laurel.users.create({ id: 'flo' }))).toBe(FULL);
  });

  test('whom an event would make are not, without room for them or for the event; others are told nothing of it', async () => {
    const tenant = await world.limited({ players: 2, eventsPerMonth: 4 });
    const { laurel, place, ada } = tenant;
    const workspace = await laurel.workspace.get();
    await laurel.workspace.update({ createsUnknownUsers: true }, { ifMatch: workspace });
    const of = (externalUserId: string) => ({ externalUserId, activity: 'ran' });
    const first = await laurel.events.trackBatch({ events: [of('bo'), of('cy'), of('ada'), of('cy')] });
    expect(outcomes(first)).toEqual(['accepted', FULL, 'accepted', FULL]);
    await world.allow(place, { players: 9, eventsPerMonth: 3 });
    const second = await laurel.events.trackBatch({ events: [of('di'), of('ed'), { userId: ada, activity: 'ran' }] });
    expect(outcomes(second)).toEqual(['accepted', FULL, FULL]);
    expect((await laurel.users.list()).items.map(({ externalId }) => externalId).toSorted()).toEqual([
      'ada',
      'bo',
      'di',
    ]);
    expect(await world.used(place)).toEqual({ players: 3, eventsPerMonth: 3 });
  });

  test('of all workspaces of the tenant are counted together, and those of another are not', async () => {
    const { laurel, place } = await world.limited({ players: 2, eventsPerMonth: 1 });
    const other = await world.limited({ players: 2, eventsPerMonth: 1 });
    const side = clientOf(await world.test.machine({ ...place, workspace: 'side' }));
    await side.activities.create({ id: 'ran', name: { en: 'Ran' } });
    const { id: bo } = await side.users.create({});
    expect(await codesOf([laurel.users.create({}), side.users.create({})])).toEqual([FULL, FULL]);
    await side.events.track({ userId: bo, activity: 'ran' });
    expect(await codeOf(laurel.events.track({ externalUserId: 'ada', activity: 'ran' }))).toBe(FULL);
    expect(await codeOf(other.laurel.users.create({}))).toBe('none');
    expect(await codeOf(other.laurel.events.track({ userId: other.ada, activity: 'ran' }))).toBe('none');
    expect(await world.used(place)).toEqual({ players: 2, eventsPerMonth: 1 });
  });
});

test('whoever is erased gives back their place, and no event', async () => {
  const tenant = await world.limited({ players: 2 });
  const { laurel, place } = tenant;
  const { id } = await laurel.users.create({ externalId: 'bo' });
  await laurel.events.track({ userId: id, activity: 'ran' });
  expect(await world.used(place)).toEqual({ players: 2, eventsPerMonth: 1 });
  expect(await codeOf(laurel.users.create({ externalId: 'cy' }))).toBe(FULL);
  await laurel.privacy.erase(id);
  expect(await world.used(place)).toEqual({ players: 1, eventsPerMonth: 1 });
  // Whoever has read no count before sees it at once.
  const process = await world.process(place, () => 0);
  expect(await codeOf(process.users.create({ externalId: 'cy' }))).toBe('none');
});

test('an owner sees what is used', async () => {
  const tenant = await world.limited({});
  await tenant.laurel.events.trackBatch({ events: events(tenant, 4) });
  await world.test.platform.inside.streams.settled();
  const owner = clientOf(await world.test.operator(tenant.place, 'owner'));
  expect((await owner.platform.plans.get(tenant.place.tenant)).used).toMatchObject({ players: 1, eventsPerMonth: 4 });
});
