import type { Contract } from '@laurel/contract';
import type { PlayerStreak, Price, Streak, User } from '@laurel/contract/types';
import { dayOfDate } from '../calendar/civil.ts';
import type { StreakAct } from '../domain/index.ts';
import { getSheet } from '../store/players.ts';
import { planAct } from './acts.ts';
import { type Answer, authorOf, type CallContext, type Handlers, listingOf, pageOf, reachOf } from './call.ts';
import { statedCondition } from './conditions.ts';
import type { DefinitionType, Reference } from './definition-type.ts';
import { assertPlays } from './may-play.ts';
import { invalidField, notFound, ProblemError } from './problem.ts';
import { rewardReferences, rewardsInUtc, statedAmounts } from './promises.ts';
import { findUser, playerOf, type Reader, readerFor, readerOf } from './reader.ts';
import { playerQueue } from './serial.ts';
import { presentStreak, standingNow, streakCalendar } from './streak-reads.ts';
import { refuseBreaches } from './transactions.ts';

/** What is particular to streaks. */
export const streakType: DefinitionType<'streaks'> = {
  kind: 'streaks',
  idKind: 'streak',
  build: (body, managed) => {
    const milestones = body.milestones?.map((one) => ({ ...one, rewards: rewardsInUtc(one.rewards) }));
    return { ...body, ...(milestones === undefined ? {} : { milestones }), ...managed };
  },
  conditions: ({ condition, activity, milestones = [] }, rulebook) => [
    ...statedCondition(rulebook, '/condition', condition, activity),
    ...milestones.flatMap(({ rewards }, index) => below(index, statedAmounts(rulebook, rewards, undefined))),
  ],
  references: ({ id, activity, milestones = [], freezes, repair }) => [
    { pointer: '/activity', kind: 'activities', id: activity },
    // A milestone may give freezes of its own streak, which is there once it is saved.
    ...milestones
      .flatMap(({ rewards }, index) => below(index, rewardReferences(rewards)))
      .filter((named) => named.kind !== 'streaks' || named.id !== id),
    ...priceReferences('/freezes/price', freezes?.price),
    ...priceReferences('/repair/price', repair?.price),
  ],
};

/** What is found in the rewards of a milestone, by where it stands in the streak. */
function below<Found extends { readonly pointer: string }>(index: number, found: readonly Found[]): Found[] {
  return found.map((one) => ({ ...one, pointer: `/milestones/${index}${one.pointer}` }));
}

function priceReferences(pointer: string, price: readonly Price[] = []): Reference[] {
  return price.map(({ currency }, index) => ({
    pointer: `${pointer}/${index}/currency`,
    kind: 'currencies',
    id: currency,
  }));
}

function publishedStreak({ definitions }: Reader, id: string): Streak {
  const streak = definitions.streaks.find((one) => one.id === id && one.status === 'published');
  if (streak === undefined) throw notFound();
  return streak;
}

/** The longest interval of a calendar: ten years, with their leap days. */
const CALENDAR_DAYS = 3653;

/** Does something to a streak of a player, now, and answers how it stands then. */
async function actOn(
  call: CallContext,
  user: User,
  id: string,
  actOf: (streak: Streak) => StreakAct,
): Promise<Answer<PlayerStreak>> {
  const reader = await readerFor(call, user);
  const streak = publishedStreak(reader, id);
  const { state } = await getSheet(call.platform.table, call.scope, user.id);
  const act = actOf(standingNow(call, state, streak, reader).rules);
  assertPlays(user, 'The user is suspended and earns nothing.');
  const planned = await planAct(call, user, act);
  const { plan, outcome, writes } = planned;
  const refusal = outcome.actRefusal;
  if (refusal !== null) throw new ProblemError(refusal.code, refusal.detail);
  const price = 'price' in act ? (act.price ?? []) : [];
  refuseBreaches(
    planned,
    price.map(({ amount }) => ({ amount, pointer: act.kind === 'buyFreezes' ? '/count' : '' })),
    'price',
  );
  const body = presentStreak(call, plan.sheet.state, streak, reader);
  return { body, writes, queue: playerQueue(call.scope, user.id) };
}

/** A page of the streaks at work, as a player sees them. */
async function streakPage(call: Parameters<typeof reachOf>[0], reader: Reader) {
  const published = reader.definitions.streaks.filter((streak) => streak.status === 'published');
  const filters = { user: reader.user.id };
  const list = listingOf(published, reachOf(call, filters), (streak) => streak.id);
  const { state } = await getSheet(call.platform.table, call.scope, reader.user.id);
  return { body: pageOf(call, filters, list, (streak) => presentStreak(call, state, streak, reader)) };
}

export const appStreaks: Handlers<Contract['app']['streaks']> = {
  async list(call) {
    return streakPage(call, await readerOf(call));
  },

  async get(call) {
    const reader = await readerOf(call);
    const streak = publishedStreak(reader, call.params.id);
    const { state } = await getSheet(call.platform.table, call.scope, reader.user.id);
    return { body: presentStreak(call, state, streak, reader) };
  },

  async calendar(call) {
    const reader = await readerOf(call);
    const streak = publishedStreak(reader, call.params.id);
    const { from, to } = call.query;
    const [first, last] = [dayOfDate(from), dayOfDate(to)];
    if (last < first) throw invalidField('/query/to', 'The interval ends before it begins.');
    if (last - first >= CALENDAR_DAYS) throw invalidField('/query/to', 'The interval is longer than ten years.');
    const { state } = await getSheet(call.platform.table, call.scope, reader.user.id);
    const shown = await streakCalendar(call, reader.user.id, streak, [first, last], { state, reader });
    return { body: { streak: streak.id, from, to, ...shown } };
  },

  async freeze(call) {
    const { id } = call.params;
    return actOn(call, await playerOf(call), id, () => ({ kind: 'useFreeze', streak: id, day: call.body.day }));
  },

  async buyFreezes(call) {
    const { id } = call.params;
    const { count } = call.body;
    return actOn(call, await playerOf(call), id, ({ freezes }) => {
      if (freezes?.price === undefined)
        throw new ProblemError('unprocessable', 'Freezes of the streak are not for sale.');
      const price = freezes.price.map(({ currency, amount }) => ({ currency, amount: amount * count }));
      return { kind: 'buyFreezes', streak: id, count, price };
    });
  },

  async pause(call) {
    const { id } = call.params;
    return actOn(call, await playerOf(call), id, () => ({ kind: 'pauseStreak', streak: id, ...call.body }));
  },

  async repair(call) {
    const { id } = call.params;
    return actOn(call, await playerOf(call), id, ({ repair }) => ({
      kind: 'repairStreak',
      streak: id,
      ...(repair?.price === undefined ? {} : { price: repair.price }),
    }));
  },
};

async function userNamed(call: CallContext, userId: string): Promise<User> {
  const user = await findUser(call, { userId });
  if (user === undefined) throw notFound();
  return user;
}

export const playerStreaks: Handlers<Contract['dashboard']['playerStreaks']> = {
  async list(call) {
    return streakPage(call, await readerFor(call, await userNamed(call, call.params.id)));
  },

  async grantFreezes(call) {
    const { id, streak } = call.params;
    const user = await userNamed(call, id);
    const by = authorOf(call);
    return actOn(call, user, streak, () => ({ kind: 'grantFreezes', streak, ...call.body, by }));
  },
};
