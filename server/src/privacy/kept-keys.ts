interface Kept<V> {
  readonly value: Promise<V>;
  readonly until: number;
}

/** Keys that were unwrapped, for a short time. */
export interface KeptKeys<V> {
  get(name: string): Promise<V> | undefined;
  set(name: string, value: Promise<V>): void;
  forget(name: string): void;
}

/** Keeps at most so many, each for so long from when it was set; whoever was set first goes first. */
export function keptKeys<V>({
  most,
  milliseconds,
}: {
  readonly most: number;
  readonly milliseconds: number;
}): KeptKeys<V> {
  const kept = new Map<string, Kept<V>>();
  return {
    get(name) {
      const found = kept.get(name);
      if (found !== undefined && found.until > performance.now()) return found.value;
      kept.delete(name);
      return undefined;
    },
    set(name, value) {
      kept.delete(name);
      const [first] = kept.keys();
      if (kept.size >= most && first !== undefined) kept.delete(first);
      const entry = { value, until: performance.now() + milliseconds };
      kept.set(name, entry);
      // What could not be had is asked for again.
      value.catch(() => kept.get(name) === entry && kept.delete(name));
    },
    forget: (name) => kept.delete(name),
  };
}
