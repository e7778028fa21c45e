import {
  comparePositions,
  type Entry,
  newPlayer,
  type PlayerState,
  type Position,
  type Refusal,
  type Ruleset,
  snapshotBefore,
} from '../domain/index.ts';
import type { HistoryLine } from '../store/history.ts';
import type { PlayContext } from './call.ts';
import type { PlayerView } from './player-view.ts';

/** What the part of a history that a change concerns starts from. */
export interface Base {
  readonly state: PlayerState;
  readonly count: number;
  /** The history from there on, voided entries included. */
  readonly lines: readonly HistoryLine[];
}

/** Why what belongs to a past that is closed is refused. */
export const PAST_CLOSED: Refusal = {
  kind: 'refused',
  code: 'past_closed',
  detail: 'It belongs to a time of which the workspace has erased what was said: nothing of that is decided anew.',
};

/** The player before a position, by the last snapshot, and the history from there on: none, where it is the latest. */
export async function baseOf(view: PlayerView, first: Position): Promise<Base> {
  const { last, state, count, snapshots } = view.sheet;
  if (last === null || comparePositions(first, last) > 0) return { state, count, lines: [] };
  const mark = snapshotBefore(snapshots, first);
  const [lines, before] = await Promise.all([
    view.history(mark?.last),
    mark === undefined ? undefined : view.snapshot(mark.slot),
  ]);
  return { state: before ?? newPlayer(), count: mark?.count ?? 0, lines };
}

/** The rulesets by which entries were decided first, and are decided again. */
export async function rulesetsOf(
  { platform, scope }: PlayContext,
  entries: readonly Pick<Entry, 'ruleset'>[],
): Promise<(version: number) => Ruleset> {
  const versions = [...new Set(entries.map(({ ruleset }) => ruleset))];
  const rulebooks = await Promise.all(versions.map((version) => platform.rulebooks(scope, version)));
  const byVersion = new Map(rulebooks.map(({ ruleset }, index) => [versions[index], ruleset]));
  return (version) => {
    const ruleset = byVersion.get(version);
    if (ruleset === undefined) throw new Error(`ruleset ${version} was not read`);
    return ruleset;
  };
}
