import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  allTouched,
  type Change,
  comparePositions,
  differenceOf,
  dropSnapshots,
  type Entry,
  foldStretch,
  ISSUANCE,
  keepSnapshot,
  newPlayer,
  type Outcome,
  type PlayerState,
  type Position,
  type Posting,
  positionOf,
  post,
  recordsAfter,
  SNAPSHOT_EVERY,
  type SnapshotMark,
  snapshotBefore,
  snapshotPlaces,
} from '../../src/domain/index.ts';
import { fold, type Happening, inOrder, stamped } from './fixtures.ts';
import { history, worldRuleset } from './world.ts';

/** A player whose history changes entry by entry: what a shell keeps, as plainly as it can be kept. */
interface Kept {
  entries: readonly Entry[];
  outcomes: ReadonlyMap<string, Outcome>;
  /** The player before each entry, as snapshots would have them. */
  before: readonly PlayerState[];
  state: PlayerState;
  records: Record<string, unknown>;
  numbers: Readonly<Record<string, number>>;
  postings: readonly Posting[];
  marks: ReadonlySet<string>;
}

/** Changes a history by an entry, from the state that was kept before it, and posts the difference. */
function change(kept: Kept, entry: Entry, isVoid: boolean): Kept {
  const entries = isVoid ? kept.entries.filter(({ id }) => id !== entry.id) : inOrder([...kept.entries, entry]);
  const isBefore = (one: Entry) => comparePositions(positionOf(one), positionOf(entry)) < 0;
  const first = kept.entries.filter(isBefore).length;
  const base = kept.before[first] ?? kept.state;
  const stretch = entries.slice(first);
  const folded = foldStretch(
    base,
    stretch,
    () => worldRuleset,
    () => true,
  );
  if (folded.kind === 'refused') throw new Error(folded.detail);
  const after = new Map(stretch.map(({ id }, place) => [id, folded.outcomes[place]]));
  const touchedEntries = [...kept.entries.slice(first), ...(isVoid ? [] : [entry])];
  const changes: Change[] = touchedEntries.map((one) => ({
    entry: one,
    before: kept.outcomes.get(one.id) ?? null,
    after: after.get(one.id) ?? null,
  }));
  const { movements, gained, lost } = differenceOf(changes, entry.id);
  const { postings, numbers } = post({ wallets: kept.state.wallets, numbers: kept.numbers }, movements);
  const touched = allTouched(changes.flatMap((one) => [one.before, one.after]));
  const records = { ...kept.records };
  for (const [ref, { record }] of recordsAfter(base, folded, touched)) {
    if (record === null) delete records[ref];
    else records[ref] = record;
  }
  const outcomes = new Map([...kept.outcomes, ...[...after].flatMap(([id, one]) => (one ? [[id, one] as const] : []))]);
  outcomes.delete(isVoid ? entry.id : '');
  return {
    entries,
    outcomes,
    before: [...kept.before.slice(0, first), ...stretch.map((_, place) => folded.before.get(place) ?? base)],
    state: folded.state,
    records,
    numbers,
    postings: [...kept.postings, ...postings],
    marks: new Set([...kept.marks, ...gained].filter((mark) => !lost.includes(mark))),
  };
}

const nothing: Kept = {
  entries: [],
  outcomes: new Map(),
  before: [],
  state: newPlayer(),
  records: {},
  numbers: {},
  postings: [],
  marks: new Set(),
};

/** A history in a random order of arrival, and which of its events are voided at some moment after they came. */
const arrivals = history.chain((events) =>
  fc.record({
    arrival: fc.shuffledSubarray(events, { minLength: events.length }),
    voids: fc.subarray(events),
    chance: fc.infiniteStream(fc.nat()),
  }),
);

function live(arrival: readonly Happening[], voids: readonly Happening[], chance: () => number): Kept {
  const waiting = new Set(voids.map(({ id }) => id));
  let kept = nothing;
  for (const what of arrival) {
    kept = change(kept, stamped(worldRuleset, what), false);
    const leaving = kept.entries.filter(({ id }) => waiting.has(id) && chance() % 3 === 0);
    for (const entry of leaving) {
      kept = change(kept, entry, true);
      waiting.delete(entry.id);
    }
  }
  for (const entry of kept.entries.filter(({ id }) => waiting.has(id))) kept = change(kept, entry, true);
  return kept;
}

/** A state without wallets that hold nothing, which is what is left of one whose amounts were all taken back. */
function used({ wallets, ...state }: PlayerState) {
  const held = Object.entries(wallets).filter(([, { balance, owed }]) => balance !== 0 || owed !== 0);
  return { ...state, wallets: Object.fromEntries(held) };
}

describe('a history that changes entry by entry, in whatever order', () => {
  test('ends like one fold of what is left: state, records, marks', () => {
    fc.assert(
      fc.property(arrivals, ({ arrival, voids, chance }) => {
        const kept = live(arrival, voids, () => chance.next().value ?? 0);
        const gone = new Set(voids.map(({ id }) => id));
        const whole = fold(
          worldRuleset,
          arrival.filter(({ id }) => !gone.has(id)),
        );
        expect(kept.state).toEqual(whole.player);
        expect(kept.records).toEqual(whole.records);
        expect([...kept.marks].toSorted()).toEqual(whole.outcomes.flatMap(({ marks }) => marks).toSorted());
      }),
    );
  });

  test('has posted what the wallets hold: the legs of each currency add up to it, and nobody ever owed', () => {
    fc.assert(
      fc.property(arrivals, ({ arrival, voids, chance }) => {
        const { postings, state, numbers } = live(arrival, voids, () => chance.next().value ?? 0);
        const byCurrency = Map.groupBy(postings, ({ currency }) => currency);
        const sums = [...byCurrency].map(([currency, all]) => [
          currency,
          { balance: all.reduce((sum, { amount }) => sum + amount, 0), owed: 0 },
        ]);
        expect(used({ ...newPlayer(), wallets: Object.fromEntries(sums) })).toEqual(
          used({ ...newPlayer(), wallets: state.wallets }),
        );
        for (const [currency, all] of byCurrency) {
          expect(all.map(({ number }) => number)).toEqual(all.map((_, index) => index + 1));
          expect(numbers[currency]).toBe(all.length);
          expect(Math.min(...all.map(({ balance }) => balance))).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });

  test('posts nothing where nothing is given otherwise', () => {
    fc.assert(
      fc.property(history, (events) => {
        const entries = inOrder(events).map((event) => stamped(worldRuleset, event));
        const { outcomes } = fold(worldRuleset, events);
        const changes = entries.map((entry, place) => {
          const outcome = outcomes[place] ?? null;
          return { entry, before: outcome, after: outcome };
        });
        expect(differenceOf(changes, 'any')).toEqual({ movements: [], given: [], gained: [], lost: [] });
      }),
    );
  });
});

describe('what was taken back after it had been spent', () => {
  const amounts = fc.array(fc.integer({ min: -50, max: 50 }).filter(Boolean), { minLength: 1, maxLength: 30 });
  const wallet = fc.oneof(
    fc.record({ balance: fc.nat(60), owed: fc.constant(0) }),
    fc.record({ balance: fc.constant(0), owed: fc.nat(60) }),
  );
  const movementOf = (amount: number) => ({
    currency: 'xp',
    amount,
    reason: { kind: 'grant', by: 'client:a', note: 'Any' } as const,
    source: null,
    entry: 'evt-1',
    correctedBy: null,
    occurredAt: '2026-11-24T10:00:00.000Z',
  });

  const counterOf = ({ counterparty }: Posting): string =>
    'own' in counterparty ? counterparty.own : counterparty.named;

  test('is owed and settled by what comes in next: no balance is ever below zero, no amount is lost', () => {
    fc.assert(
      fc.property(wallet, amounts, (start, all) => {
        const { postings } = post({ wallets: { xp: start }, numbers: {} }, all.map(movementOf));
        // A naive account: one number, which may be negative; what is below zero is owed.
        let net = start.balance - start.owed;
        for (const [place, amount] of all.entries()) {
          net += amount;
          const last = postings.findLast(({ movement }) => movement <= place);
          expect(last?.balance ?? start.balance).toBe(Math.max(0, net));
        }
        const legs = (account: string) =>
          postings.filter((line) => line.account === account).reduce((sum, { amount }) => sum + amount, 0);
        const counter = (account: string) =>
          postings.filter((line) => counterOf(line) === account).reduce((sum, { amount }) => sum - amount, 0);
        // The account of what is owed has the negative of it, on whichever side of a line it stands.
        expect(start.balance + legs('wallet')).toBe(Math.max(0, net));
        expect(-start.owed + legs('owed') + counter('owed')).toBe(Math.min(0, net));
        expect(counter(ISSUANCE) + all.reduce((sum, amount) => sum + amount, 0)).toBe(0);
        expect(postings.map(({ number }) => number)).toEqual(postings.map((_, index) => index + 1));
      }),
    );
  });

  test('comes to the same in one movement as in many', () => {
    const endOf = (start: { balance: number; owed: number }, all: readonly number[]) => {
      const { postings } = post({ wallets: { xp: start }, numbers: {} }, all.map(movementOf));
      const owed = postings.reduce(
        (sum, line) =>
          line.account === 'owed' ? sum - line.amount : counterOf(line) === 'owed' ? sum + line.amount : sum,
        start.owed,
      );
      return [postings.at(-1)?.balance ?? start.balance, owed];
    };
    fc.assert(
      fc.property(wallet, amounts, (start, all) => {
        const sum = all.reduce((total, amount) => total + amount, 0);
        expect(endOf(start, all)).toEqual(endOf(start, sum === 0 ? [] : [sum]));
      }),
    );
  });
});

describe('snapshots', () => {
  const place = (count: number): Position => ({ at: '2026-11-24T10:00:00.000Z', id: String(count).padStart(8, '0') });
  const takenOver = (counts: readonly number[]) => {
    let marks: readonly SnapshotMark[] = [];
    for (const count of counts) marks = keepSnapshot(marks, place(count), count).marks;
    return marks;
  };
  const every = (many: number) => Array.from({ length: many }, (_, index) => (index + 1) * SNAPSHOT_EVERY);

  test('are few, each in a slot of its own, in the order of the history', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), (many) => {
        const marks = takenOver(every(many));
        expect(marks.length).toBe(Math.min(many, 8));
        expect(new Set(marks.map(({ slot }) => slot)).size).toBe(marks.length);
        expect(marks.map(({ count }) => count)).toEqual(marks.map(({ count }) => count).toSorted((a, b) => a - b));
        expect(marks.at(-1)?.count).toBe(many * SNAPSHOT_EVERY);
      }),
    );
  });

  test('leave little to be folded near the head, and never more than some times as much as lies behind', () => {
    for (const many of [10, 50, 200, 1_000]) {
      const marks = takenOver(every(many));
      const head = many * SNAPSHOT_EVERY;
      for (const back of [1, 50, 150, 350, 1_000, 3_000, 10_000, 30_000].filter((one) => one < head)) {
        const from = snapshotBefore(marks, place(head - back))?.count ?? 0;
        expect(head - from, `${back} back of ${head}`).toBeLessThanOrEqual(4 * back + 2 * SNAPSHOT_EVERY);
      }
    }
  });

  test('of a long stretch that is folded again are few, the last one among them, ever farther from it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000 }), (many) => {
        const due = every(many);
        const places = snapshotPlaces(due);
        expect(places.length).toBeLessThanOrEqual(5);
        expect(places.at(-1)).toBe(due.at(-1));
        expect(due).toEqual(expect.arrayContaining([...places]));
        const back = places.map((one) => many + 1 - one / SNAPSHOT_EVERY).toReversed();
        for (const [index, distance] of back.slice(1).entries()) {
          expect(distance).toBeLessThanOrEqual(5 * (back[index] ?? 0));
        }
        // The middle is never far: half of a long stretch has a snapshot before it.
        if (many > 5) expect(Math.max(...back)).toBeGreaterThan(many / 5);
      }),
    );
    expect(snapshotPlaces([])).toEqual([]);
  });

  test('of what a change reaches are dropped, that of the changed entry itself included, and no other', () => {
    const anyCount = fc.oneof(
      fc.nat(60 * SNAPSHOT_EVERY),
      fc.integer({ min: 1, max: 60 }).map((many) => many * SNAPSHOT_EVERY),
    );
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), anyCount, (many, count) => {
        const marks = takenOver(every(many));
        const kept = dropSnapshots(marks, place(count));
        expect(kept).toEqual(marks.filter((mark) => mark.count < count));
        expect(snapshotBefore(marks, place(count))).toEqual(kept.at(-1));
      }),
    );
  });
});
