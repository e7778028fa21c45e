import { type BadgeRecord, badgesOf } from '../badge/hold.ts';
import { type LevelRecord, levelsOf } from '../level/climb.ts';
import {
  basePeriod,
  type HoldRecord,
  holdsOf,
  type PlayerState,
  type ProgressRecord,
  progressId,
  type ScoreRecord,
} from '../player.ts';
import { lookup } from '../record.ts';
import { type ClaimRecord, claimsOf } from '../reward/claims.ts';
import type { StreakPage } from '../streak/pages.ts';
import { sharesOf, type TeamShare } from '../team/share.ts';

/**
 * What of a player is read by itself, in lists and boards, beside the hot state: by kind, what one record of it is. A new
 * kind is a line here, one in `recordIn`, and one in the store, which says where such records are kept.
 */
export interface PlayerRecords {
  /** By `progressId`. */
  readonly progress: ProgressRecord;
  /** By `streakPageId`. */
  readonly streak: StreakPage;
  /** By `scoreId`. */
  readonly score: ScoreRecord;
  /** By the id of the reward. */
  readonly claim: ClaimRecord;
  /** By hold. */
  readonly hold: HoldRecord;
  /** By badge. */
  readonly badge: BadgeRecord;
  /** By level track. */
  readonly level: LevelRecord;
  /** By `shareId`: what the player gave to a team. */
  readonly share: TeamShare;
}

export type RecordKind = keyof PlayerRecords;

/** A record by its kind and id, in one text: kinds hold no spaces. */
export type RecordRef = `${RecordKind} ${string}`;

/** A record as it stands; null is one that is not there (any more). */
export type RecordChange = {
  readonly [K in RecordKind]: { readonly kind: K; readonly id: string; readonly record: PlayerRecords[K] | null };
}[RecordKind];

/** Records by their references. */
export type RecordMap = ReadonlyMap<RecordRef, RecordChange>;

export function refOf(kind: RecordKind, id: string): RecordRef {
  return `${kind} ${id}`;
}

/** The record that a reference names, as the hot state holds it; null where it does not, or not any more. */
export function recordIn(state: PlayerState, ref: RecordRef): RecordChange {
  const [kind, id] = partsOf(ref);
  switch (kind) {
    case 'progress':
      return { kind, id, record: progressIn(state, id) };
    case 'streak':
      return { kind, id, record: pageIn(state, id) };
    case 'score':
      return { kind, id, record: lookup(state.scores, id) ?? null };
    case 'claim':
      return { kind, id, record: lookup(claimsOf(state), id) ?? null };
    case 'hold':
      return { kind, id, record: lookup(holdsOf(state), id) ?? null };
    case 'badge':
      return { kind, id, record: lookup(badgesOf(state), id) ?? null };
    case 'level':
      return { kind, id, record: lookup(levelsOf(state), id) ?? null };
    case 'share':
      return { kind, id, record: lookup(sharesOf(state), id) ?? null };
    default:
      throw new RangeError(`there is no kind of record ${kind}`);
  }
}

function progressIn({ progress }: PlayerState, id: string): ProgressRecord | null {
  const record = lookup(progress, basePeriod(id));
  return record !== undefined && progressId(record.mission, record.period) === id ? record : null;
}

function pageIn({ streaks }: PlayerState, id: string): StreakPage | null {
  const colon = id.lastIndexOf(':');
  const pages = lookup(streaks, id.slice(0, colon))?.pages ?? [];
  return pages.find(({ page }) => page === Number(id.slice(colon + 1))) ?? null;
}

/** The kind and the id of a reference. */
export function partsOf(ref: RecordRef): readonly [kind: string, id: string] {
  const space = ref.indexOf(' ');
  return [ref.slice(0, space), ref.slice(space + 1)];
}

/** The records of one kind among others. */
export function recordsOf<K extends RecordKind>(
  records: Iterable<RecordChange>,
  kind: K,
): Extract<RecordChange, { readonly kind: K }>[] {
  const isOfKind = (change: RecordChange): change is Extract<RecordChange, { readonly kind: K }> =>
    change.kind === kind;
  return [...records].filter(isOfKind);
}
