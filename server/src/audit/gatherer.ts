import { putWaiting } from '../store/audit.ts';
import type { Scope } from '../store/scope.ts';
import type { Table } from '../store/table.ts';
import type { OpenRecord } from './record.ts';

/** Takes records of what changed nothing, or is over: they are written soon, many at once. */
export interface Gatherer {
  /** Never waits, and never throws. `alone`: in place of what may be there under the record's own id. */
  add(scope: Scope, record: OpenRecord, how?: { readonly alone: true }): void;
  /** Whether so much could not be written yet that nothing more may happen of which there would be a record. */
  isFull(): boolean;
  /** Writes all that was added before; what cannot be written is kept, and tried again. */
  flush(): Promise<void>;
}

/** How records are gathered. */
export interface GathererOptions {
  readonly table: Table;
  readonly onError: (message: string, error: unknown) => void;
  /** How long a record waits for others, in milliseconds: so much may be lost where a process is killed. */
  readonly every?: number;
  /** How many are written together. */
  readonly together?: number;
  /** How many are kept in memory at the most. */
  readonly most?: number;
}

interface Gathered {
  readonly scope: Scope;
  readonly records: OpenRecord[];
  again?: true;
}

/** Gathers in this process, by workspace. */
export function createGatherer(options: GathererOptions): Gatherer {
  const { table, onError, every = 1000, together = 50, most = 20_000 } = options;
  const open = new Map<string, Gathered>();
  const timers = new Map<string, NodeJS.Timeout>();
  const writing = new Set<Promise<void>>();
  let failed: Gathered[] = [];
  let held = 0;
  let retry: NodeJS.Timeout | undefined;

  async function write(gathered: Gathered): Promise<void> {
    const { scope, records, again } = gathered;
    const [first] = records;
    if (first === undefined) return;
    try {
      await putWaiting(table, scope, { id: first.id, records, ...(again && { again }) });
      held -= records.length;
    } catch (error) {
      onError('records of the audit could not be written', error);
      // Whether it is there cannot be told: whoever seals it looks.
      failed.push({ ...gathered, again: true });
      retry ??= setTimeout(tryAgain, every).unref();
    }
  }

  function start(gathered: Gathered): void {
    const promise = write(gathered).finally(() => writing.delete(promise));
    writing.add(promise);
  }

  function tryAgain(): void {
    retry = undefined;
    const again = failed;
    failed = [];
    for (const one of again) start(one);
  }

  function close(place: string): void {
    clearTimeout(timers.get(place));
    timers.delete(place);
    const gathered = open.get(place);
    open.delete(place);
    if (gathered !== undefined) start(gathered);
  }

  return {
    add(scope, record, how) {
      held += 1;
      if (how?.alone) {
        start({ scope, records: [record] });
        return;
      }
      const place = `${scope.tenant}/${scope.workspace}`;
      const known = open.get(place);
      if (known === undefined) {
        open.set(place, { scope, records: [record] });
        timers.set(place, setTimeout(() => close(place), every).unref());
      } else known.records.push(record);
      if ((open.get(place)?.records.length ?? 0) >= together) close(place);
    },
    isFull: () => held >= most,
    async flush() {
      for (const place of [...open.keys()]) close(place);
      clearTimeout(retry);
      tryAgain();
      while (writing.size > 0) await Promise.all(writing);
    },
  };
}
