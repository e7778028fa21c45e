import type { Platform } from '../api/platform.ts';
import type { Write } from '../store/commit.ts';
import type { DueItem } from '../store/schedule.ts';
import type { Scope } from '../store/scope.ts';

/** What of the platform due items are run by. */
export type SchedulePlatform = Pick<Platform, 'table' | 'rulebooks' | 'ranks' | 'newId' | 'logger' | 'deliverer'> & {
  readonly audit: Pick<Platform['audit'], 'pseudonymsOf'>;
};

/** A due item whose time has come. */
export interface Turn {
  readonly platform: SchedulePlatform;
  readonly scope: Scope;
  readonly item: DueItem;
  /** What time it is in the workspace: later than the item's own where the turn comes late. */
  readonly now: string;
}

/** What a handler makes of a turn. Nothing of it has happened until all of it is written, as one. */
export interface Outcome {
  /** In a word, for reports: `opened`, `closed`; `skipped` where there was nothing to do. */
  readonly outcome: string;
  readonly details?: Readonly<Record<string, string>>;
  /** What the record of the audit says in place of the outcome. */
  readonly reason?: string;
  /** Whether reports leave it out, since nothing has come due: the turn came too early, and goes to where it belongs. */
  readonly unreported?: boolean;
  /** What takes effect: committed together with the end of the turn, so once. */
  readonly writes?: readonly Write[];
  /**
   * Whether there is more to do at the very same turn, which then stays in line and comes once more at once. Its writes
   * must keep themselves from being written twice.
   */
  readonly goesOn?: boolean;
  /** When the same item is due again. */
  readonly next?: string | null;
  /**
   * The latest call of the item that this has heard (`callOf`), where it may be called while its turn is run. The turn
   * does not end where it was called again since, but comes once more.
   */
  readonly heard?: string | null;
  /** What else comes due, not before this turn. */
  readonly also?: readonly DueItem[];
}

/**
 * Decides what becomes of a turn. It reads and answers, and writes nothing itself: another runner may be at the same
 * turn, or this one be ended before it commits, and then it is run again. The one that may do more is one whose doings
 * bear being done twice, such as a delivery.
 */
export type TurnHandler = (turn: Turn) => Promise<Outcome>;

/** The handlers of all kinds of due items. */
export type TurnHandlers = ReadonlyMap<string, TurnHandler>;
