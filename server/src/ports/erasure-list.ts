import type { Destroyed } from './vault.ts';

/** An erasure, and in which workspace it was. */
export interface ListedErasure extends Destroyed {
  readonly tenant: string;
  readonly workspace: string;
}

/**
 * Every erasure, by pseudonyms alone, out of the reach of whoever restores tables: it is applied after a restore, so that
 * a backup brings nobody back.
 */
export interface ErasureList {
  /** Adds an erasure, durably, before anything is destroyed; twice is once. */
  add(erasure: ListedErasure): Promise<void>;
  all(): Promise<readonly ListedErasure[]>;
}
