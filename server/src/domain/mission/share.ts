import type { Facts } from '../condition.ts';
import { type Turn, tell } from '../fold/turn.ts';
import { isPast } from '../leaderboard/score.ts';
import { earlier, later } from '../order.ts';
import { lookup, withEntry, withoutKeys } from '../record.ts';
import { isLeft, type MissionShare, type ShareCount, type StartedOn, shareId, sharesOf } from '../team/share.ts';
import { allSeen, type Seen, type TraceCode, type TraceEntry } from '../trace.ts';
import { type CountedVersions, mayRunIn } from './counting.ts';
import type { MissionMatch } from './match.ts';
import { schedulePeriod } from './schedule.ts';
import { addsTo, type StepMove, takes } from './steps.ts';
import type { Trigger } from './trigger.ts';
import type { MissionVersion } from './version.ts';

/**
 * Lets a trigger add to what the player gives to their team's progress in a mission. It never stops at a target, which
 * is the team's to reach; and since the team may be on any version that something could start it on, each is counted.
 */
export function moveShare(
  turn: Turn,
  match: MissionMatch,
  counted: readonly CountedVersions[],
  trigger: Trigger,
): void {
  const { entry, facts } = turn;
  const { mission, starts, latest } = match;
  const told = (why: TraceCode, fired: boolean, values: TraceEntry['values'], seen?: Seen) =>
    turn.trace.push({ kind: 'mission', id: mission, version: starts?.version ?? latest, fired, why, values, seen });

  const schedule = match.schedules[0];
  const period = schedule === undefined ? null : schedulePeriod(schedule, entry);
  if (period === null) return void told('schedule_closed', false, { activity: entry.activity });
  const { team } = entry;
  if (team === undefined) return void told('not_in_team', false, { period });

  const known = sharesOf(turn.state);
  const place = { of: 'mission', definition: mission, period } as const;
  const id = shareId(place, team);
  const before = shareIn(known, id);
  const open = counted.filter((one) => mayRunIn(one, period, entry.occurredAt));
  const added = open.map(({ as }) => ({ as, ...addedBy(as, trigger, facts) }));
  const seen = allSeen(...added.map((one) => one.seen));
  const counting = added.filter(({ steps }) => steps.length > 0);
  if (counting.length === 0) {
    const still = added.find(({ as }) => as.version === asCounted(match, starts)) ?? added[0];
    const why = still?.still ?? { why: match.startsNothing ?? 'step_not_open', values: {} };
    return void told(why.why, false, { ...why.values, period, team: team.id }, seen);
  }

  const own = asCounted(match, starts);
  const isStarting = counting.some(({ as }) => as.version === own);
  const starting =
    starts === null || own === undefined || !isStarting ? null : { version: starts.version, countedAs: own };
  const record: MissionShare = {
    ...place,
    team: team.id,
    member: team.member,
    joinedAt: team.joinedAt,
    startedOn: oldest(before?.startedOn ?? null, starting),
    movedAt: later(before?.movedAt ?? entry.occurredAt, entry.occurredAt),
    counts: counting.reduce(
      (counts, { as, steps }) =>
        withEntry(
          counts,
          String(as.version),
          countAfter(lookup(counts, String(as.version)), as, steps, entry.occurredAt),
        ),
      before?.counts ?? {},
    ),
  };
  const shares = before === undefined ? withoutKeys(known, retiredIds(turn, record)) : known;
  turn.state = { ...turn.state, shares: withEntry(shares, id, record) };
  tell(turn, { kind: 'share', id, record });
  for (const { as, steps } of counting) {
    const moves = movesOf(steps, lookup(record.counts, String(as.version)));
    turn.moves.push(...moves.map((move) => ({ progress: shareProgress(id, as.version), ...move })));
  }
  told('share_moved', true, { period, team: team.id, ...givenBy(counting, record, own) }, seen);
}

/** Under what the log of a history has what moved a share, as a version counts it. */
export function shareProgress(id: string, countedAs: number): string {
  return `${id} ${countedAs}`;
}

/** What is told of an addition: by the version that starts progress now, where that counts it. */
function givenBy(
  counting: readonly Addition[],
  { counts }: MissionShare,
  own: number | undefined,
): TraceEntry['values'] {
  const shown = counting.find(({ as }) => as.version === own) ?? counting[0];
  const [first] = shown === undefined ? [] : movesOf(shown.steps, lookup(counts, String(shown.as.version)));
  return first === undefined ? {} : { added: first.added, given: first.amount };
}

function asCounted({ forTeams }: MissionMatch, version: MissionVersion | null): number | undefined {
  return version === null ? undefined : forTeams?.countedAs.get(version.version);
}

function oldest(a: StartedOn | null, b: StartedOn | null): StartedOn | null {
  if (a === null || b === null) return a ?? b;
  return a.version <= b.version ? a : b;
}

/** What something adds to the steps of a version. */
interface Addition {
  readonly as: MissionVersion;
  readonly steps: readonly StepAddition[];
}

/** What something adds to one step. */
interface StepAddition {
  readonly step: number;
  readonly added: number;
}

/** What a trigger adds to the steps of a version, for this player; and why it adds nothing. */
function addedBy(
  version: MissionVersion,
  trigger: Trigger,
  facts: Facts,
): {
  readonly steps: readonly StepAddition[];
  readonly still: Pick<TraceEntry, 'why' | 'values'> | null;
  /** What the conditions of the steps looked at. */
  readonly seen?: Seen | undefined;
} {
  if (version.audience?.(facts.user) === false) return { steps: [], still: { why: 'not_in_audience', values: {} } };
  let seen: Seen | undefined;
  let still: Pick<TraceEntry, 'why' | 'values'> | null = null;
  const steps: StepAddition[] = [];
  for (const [step, rule] of version.steps.entries()) {
    if (!takes(rule, trigger)) continue;
    const added = addsTo(rule, trigger, facts);
    seen = allSeen(seen, added.seen);
    if ('why' in added) still = added;
    else steps.push({ step, added: added.amount });
  }
  return { steps, still, seen };
}

function countAfter(
  before: ShareCount | undefined,
  { steps: rules }: MissionVersion,
  added: readonly StepAddition[],
  at: string,
): ShareCount {
  const more = new Map(added.map((one) => [one.step, one.added]));
  return {
    startedAt: earlier(before?.startedAt ?? at, at),
    movedAt: later(before?.movedAt ?? at, at),
    // Beyond this a number is not exact any more: a share stays there.
    steps: rules.map((_, step) =>
      Math.min((before?.steps[step] ?? 0) + (more.get(step) ?? 0), Number.MAX_SAFE_INTEGER),
    ),
  };
}

function movesOf(added: readonly StepAddition[], after: ShareCount | undefined): StepMove[] {
  return added.map((one) => ({ ...one, amount: after?.steps[one.step] ?? 0 }));
}

function shareIn(shares: ReturnType<typeof sharesOf>, id: string): MissionShare | undefined {
  const share = lookup(shares, id);
  return share?.of === 'mission' ? share : undefined;
}

/** Shares in the same mission that no later entry can move any more, where a new one begins. */
function retiredIds({ state, entry }: Turn, { definition, period, joinedAt }: MissionShare): string[] {
  const known = Object.entries(sharesOf(state)).flatMap(([id, share]) =>
    share.of === 'mission' && share.definition === definition ? [{ id, share }] : [],
  );
  const joined = [joinedAt, ...known.map(({ share }) => share.joinedAt)];
  return known.flatMap(({ id, share }) => {
    const past = share.period !== period && isPast(share.period, share.movedAt, entry.occurredAt);
    return past || isLeft(share, joined, entry.occurredAt) ? [id] : [];
  });
}
