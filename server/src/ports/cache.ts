import type { Scope } from '../store/scope.ts';

/** What one kind of value is kept by. */
export interface ShelfOptions<T extends object> {
  /** The kind's own name; another one where the same value is written in another way. */
  readonly name: string;
  /** For how long after it was read a value may still be given out, in milliseconds. */
  readonly ttlMs: number;
  /** How many values this process keeps; those that were not asked longest give way. */
  readonly most: number;
  /** How a value is written for other processes; what has none stays in this one. What cannot be read is not there. */
  readonly text?: { readonly write: (value: T) => string; readonly read: (text: string) => T | undefined };
}

/** Keeps values of one kind, each for the scope that it belongs to. */
export interface Shelf<T extends object> {
  /**
   * The value under these names: kept, or loaded, once however many ask at the same time. What could not be loaded, and
   * what is not there, is asked for again by the next.
   */
  read(scope: Scope, names: readonly string[], load: () => Promise<T | undefined>): Promise<T | undefined>;
  /** Forgets a value, also one that is being loaded: here and for other processes, which may still hold it until its time is over. */
  forget(scope: Scope, names: readonly string[]): Promise<void>;
}

/** Keeps what was read, so that it need not be read again. */
export interface Cache {
  shelf<T extends object>(options: ShelfOptions<T>): Shelf<T>;
}

/** Texts that all processes of a cell share. A service that is away has nothing and takes nothing: it never fails. */
export interface SharedTexts {
  get(key: string): Promise<SharedText | undefined>;
  set(key: string, shared: SharedText, ttlMs: number): Promise<void>;
  remove(key: string): Promise<void>;
}

/** A text, and when what it says was read, in milliseconds since 1970. */
export interface SharedText {
  readonly readAt: number;
  readonly text: string;
}
