import type { Fact } from '@laurel/contract/types';
import {
  allTouched,
  type Change,
  claimsOf,
  comparePositions,
  type Difference,
  differenceOf,
  type Entry,
  factsOf,
  foldStretch,
  isClosed,
  limitFlips,
  type Outcome,
  type Past,
  type PlayerState,
  type PoolAsk,
  type Position,
  type Posting,
  positionOf,
  post,
  type RecordMap,
  type Refusal,
  type Ruleset,
  recordsAfter,
  recordsOf,
  type Stretch,
} from '../domain/index.ts';
import { type Accepted, withAccepted } from '../domain/people/usage.ts';
import { drawFromPools } from '../store/budgets.ts';
import type { Write } from '../store/commit.ts';
import type { HistoryLine } from '../store/history.ts';
import { fit, packsOf, unpack } from '../store/packs.ts';
import { saveRecords } from '../store/player-records.ts';
import { type Sheet, saveSheet, saveSnapshot } from '../store/players.ts';
import { keptTogether, saveFolds } from '../store/refolds.ts';
import type { PlayContext } from './call.ts';
import { savePostings } from './entries.ts';
import { giftWrites } from './gifts.ts';
import { joinedLate } from './joining.ts';
import { pastOf } from './past.ts';
import { type Base, baseOf, PAST_CLOSED, rulesetsOf } from './plan-base.ts';
import { changedLines, changedRecords } from './plan-lines.ts';
import { planSnapshots, snapshotsTaken } from './plan-snapshots.ts';
import { nextPlayerDue, schedulePlayer } from './player-due.ts';
import type { PlayerView } from './player-view.ts';
import { foldWithAnswers } from './pools.ts';
import { saveRevocations } from './revocations.ts';
import type { Gift } from './shelves.ts';
import { type StreakClock, streakViewOf } from './streak-view.ts';
import { canTell, progressChanges, TOO_MUCH_TOLD, tellOfPlayer } from './telling.ts';

/** What is to change in a player's history. */
export interface HistoryChange {
  /** Entries that are new, in their order. */
  readonly added: readonly Entry[];
  /** An entry that is to count no more. */
  readonly voided: Entry | null;
  /** What there is to tell of it besides what it comes to, such as the redemption behind an act. */
  readonly told?: readonly Fact[];
  /** The month of real time by which new entries are events that the tenant has used; absent where they are no events. */
  readonly usedIn?: string;
}

/** A player's history after a change, ready to be written. */
export interface Plan {
  readonly kind: 'planned';
  /** The sheet after it; its version is the one that was read. */
  readonly sheet: Sheet;
  /** What each new entry came to, in their order. */
  readonly outcomes: readonly Outcome[];
  readonly difference: Difference;
  /** The entry behind what others come to now: the voided one, or the last of the new ones. */
  readonly because: string | null;
  readonly added: readonly Entry[];
  /** The postings that a new or voided entry is behind. */
  readonly postingsOf: (entry: string) => readonly Posting[];
  /** Whether the history only grew at its end, so that nothing that was told before has changed. */
  readonly appended: boolean;
  /** All records that were touched, as they stand at the end of the fold. */
  readonly records: RecordMap;
  /** Snapshots that are taken, by slot. */
  readonly snapshots: ReadonlyMap<number, PlayerState>;
  /** Lines that were there and come to something else. */
  readonly lines: readonly HistoryLine[];
  /** When something falls due for the player next; null where nothing will. */
  readonly due: string | null;
  /** Whether any of it was decided by what all players share. */
  readonly asked: boolean;
  /** What is drawn from what rules share among all players. */
  readonly draws: readonly PoolAsk[];
  /** What rewards give of the catalogue. */
  readonly gifts: readonly Gift[];
  /** Everything of the player but the new entries' own lines and the voided one's. */
  readonly writes: readonly Write[];
}

/** Why a change is refused that moves more than can be written down at once. */
const TOO_MUCH_WRITTEN: Refusal = {
  kind: 'refused',
  code: 'endless_rules',
  detail: 'More follows from this at once than can be written: lower the number of rules that it touches.',
};

function firstOf({ added, voided }: HistoryChange): Position {
  const positions = [...added, ...(voided === null ? [] : [voided])].map(positionOf).toSorted(comparePositions);
  const [first] = positions;
  if (first === undefined) throw new Error('a plan needs a change');
  return first;
}

/** Where the history is folded anew, and what it came to before and comes to now. */
interface Refold {
  readonly base: Base;
  /** All that counts from the base on, in order. */
  readonly entries: readonly Entry[];
  readonly folded: Stretch;
  /** Each entry that counted before or counts now. */
  readonly changes: readonly Change[];
}

function refold(
  base: Base,
  { added, voided }: HistoryChange,
  rulesetOf: (version: number) => Ruleset,
  wanted: (place: number) => boolean,
  past: readonly Past[],
): Refold | Refusal {
  const entries = entriesAfter(base, { added, voided });
  const folded = foldStretch(base.state, entries, rulesetOf, wanted, past);
  if (folded.kind === 'refused') return folded;
  const after = new Map(entries.map(({ id }, place) => [id, folded.outcomes[place]]));
  const changes = [
    ...base.lines.map(({ entry, folded: before }) => ({ entry, before, after: after.get(entry.id) ?? null })),
    ...added.map((entry) => ({ entry, before: null, after: after.get(entry.id) ?? null })),
  ];
  return { base, entries, folded, changes };
}

function entriesAfter({ lines }: Base, { added, voided }: HistoryChange): Entry[] {
  const kept = lines.flatMap(({ entry }) => (entry.id === voided?.id ? [] : [entry]));
  return [...kept, ...added].toSorted((a, b) => comparePositions(positionOf(a), positionOf(b)));
}

/**
 * Plans a change of a player's history: what is later than all before is decided from where the player stands; anything
 * else folds the history again from the last snapshot before it, and the plan is the difference. Reads, and writes
 * nothing; whoever commits the writes must have read the sheet before all else, and try anew where it moved.
 */
export async function planChange(call: PlayContext, view: PlayerView, asked: HistoryChange): Promise<Plan | Refusal> {
  const { sheet, userId } = view;
  // Nothing may come after what was left packed.
  await unpack(call.platform.table, call.scope, packsOf(userId, sheet));
  const first = firstOf(asked);
  if (isClosed(sheet.snapshots, first)) return PAST_CLOSED;
  const from = await baseOf(view, first);
  const base = { ...from, lines: from.lines.filter(({ voided }) => voided === null) };
  const rulesetOf = await rulesetsOf(call, entriesAfter(base, asked));
  const change = { ...asked, added: await joinedLate(view, asked.added, rulesetOf) };
  const entries = entriesAfter(base, change);
  const shots = planSnapshots(sheet, first, base.count, entries);
  const past = await pastOf(call, view, base.state, entries, rulesetOf, change.voided?.id);
  const { folded: refolded, answers } = await foldWithAnswers(view, from.lines, (answered) => {
    const lines = base.lines.map((line) => ({ ...line, entry: answered(line.entry) }));
    const added = change.added.map(answered);
    const keep = (place: number) => shots.places.has(place);
    const once = refold({ ...base, lines }, { ...change, added }, rulesetOf, keep, past);
    return { folded: once, asked: 'code' in once ? [] : askedIn(once) };
  });
  if ('code' in refolded) return refolded;

  const { folded, changes } = refolded;
  const appended = base.lines.length === 0;
  const because = appended ? null : ((change.voided ?? change.added.at(-1))?.id ?? null);
  const difference = differenceOf(changes, because);
  const { postings, numbers } = post({ wallets: sheet.state.wallets, numbers: sheet.numbers }, difference.movements);
  const lines = changedLines(changes, answers.entries);
  const next: Sheet = {
    version: sheet.version,
    state: folded.state,
    last: lastOf(sheet.last, entries),
    count: base.count + entries.length,
    snapshots: shots.marks,
    numbers,
    foldsTogether: sheet.foldsTogether || keptTogether(lines),
    accepted: acceptedAfter(sheet, asked),
  };
  const touched = allTouched(changes.flatMap(({ before, after }) => [before, after]));
  const records = recordsAfter(base.state, folded, touched);
  const stored = appended ? records : await changedRecords(view, records);
  const snapshots = snapshotsTaken(shots.places, folded);
  const flipped = new Set(limitFlips(changes).map(({ entry }) => entry.id));
  const clock = clockOf(change, entries, rulesetOf);
  const facts = factsOf({
    ...change,
    told: change.told ?? [],
    claims: { before: claimsOf(sheet.state), after: recordsOf(records.values(), 'claim') },
    changes,
    difference,
    progress: await progressChanges(view, records, appended),
    streaks: streakViewOf(folded.state, clock),
    wallets: { before: sheet.state.wallets, after: folded.state.wallets },
    now: call.now,
  });
  if (!canTell(facts)) return TOO_MUCH_TOLD;
  const { table } = call.platform;
  const gifts = await giftWrites(call, userId, answers.gifts);
  const fitted = fit(table, call.scope, { userId, version: sheet.version + 1, at: call.now }, [
    ...[...snapshots].map(([slot, state]) => saveSnapshot(table, call.scope, userId, slot, state)),
    ...saveRecords(table, call.scope, userId, stored),
    ...savePostings(table, call.scope, userId, postings, call.now),
    ...saveFolds(table, call.scope, userId, sheet.version + 1, lines, flipped),
    ...drawFromPools(table, call.scope, answers.draws),
    ...gifts,
    ...saveRevocations(call, userId, sheet.state, next.state, records),
    ...tellOfPlayer(call, userId, sheet, facts),
    ...schedulePlayer(call, userId, {
      before: sheet.state,
      after: folded.state,
      clocks: { before: clock, after: clock },
    }),
  ]);
  if (fitted === undefined) return TOO_MUCH_WRITTEN;
  const { packs } = fitted;
  return {
    kind: 'planned',
    due: nextPlayerDue(folded.state, clock),
    sheet: next,
    added: change.added.map(answers.answered),
    outcomes: outcomesOf(change.added, changes),
    difference,
    because,
    postingsOf: (entry) => postings.filter(({ movement }) => difference.movements[movement]?.entry === entry),
    appended,
    records,
    snapshots,
    lines,
    asked: answers.entries.size > 0,
    draws: answers.draws,
    gifts: answers.gifts,
    writes: [saveSheet(table, call.scope, userId, packs === 0 ? next : { ...next, packs }), ...fitted.writes],
  };
}

/** By which rules and zone the player's streaks go on: those of the latest ruleset, and of the change. */
function clockOf(
  { added, voided }: HistoryChange,
  entries: readonly Entry[],
  rulesetOf: (version: number) => Ruleset,
): StreakClock {
  const versions = entries.map(({ ruleset }) => ruleset);
  const rules = versions.length === 0 ? new Map() : rulesetOf(Math.max(...versions)).streaksById;
  return { rules, userZone: (added.at(-1) ?? voided)?.userZone ?? 'UTC' };
}

/** What the fold asked of what rules share among all players, in the order of the history. */
function askedIn({ entries, folded }: Refold) {
  return entries.flatMap(({ id }, place) =>
    (folded.outcomes[place]?.asks ?? []).map((ask) => ({ entry: id, ask }) as const),
  );
}

function outcomesOf(added: readonly Entry[], changes: readonly Change[]): Outcome[] {
  const byId = new Map(changes.map(({ entry, after }) => [entry.id, after]));
  return added.flatMap(({ id }) => byId.get(id) ?? []);
}

function acceptedAfter({ accepted = {} }: Sheet, { added, usedIn }: HistoryChange): Accepted {
  return usedIn === undefined ? accepted : withAccepted(accepted, usedIn, added.length);
}

function lastOf(last: Position | null, entries: readonly Entry[]): Position | null {
  const final = entries.at(-1);
  if (final === undefined) return last;
  const position = positionOf(final);
  return last === null || comparePositions(position, last) > 0 ? position : last;
}
