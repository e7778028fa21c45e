import type { Scope } from '../store/scope.ts';

/** Runs tasks of one name one after the other, and tasks of different names side by side. */
export type Serial = <T>(name: string, task: () => Promise<T>) => Promise<T>;

/** The queue of all that changes one player. */
export function playerQueue({ tenant, workspace }: Scope, userId: string): string {
  return JSON.stringify([tenant, workspace, userId]);
}

/** The queue of what moves amounts between players: those that compete for the same two would lose most tries. */
export function ledgerQueue({ tenant, workspace }: Scope): string {
  return JSON.stringify([tenant, workspace, 'ledger', 'between players']);
}

/** The queue of all that takes from one stock. */
export function catalogQueue({ tenant, workspace }: Scope, item: string): string {
  return JSON.stringify([tenant, workspace, 'catalog', item]);
}

/** The queue of all that changes the ruleset of a workspace. */
export function rulesetQueue({ tenant, workspace }: Scope): string {
  return JSON.stringify([tenant, workspace]);
}

/**
 * Makes a queue for each name, for as long as it is in use. It saves the work of tries that must fail; what is right
 * does not depend on it, since other processes have queues of their own.
 */
export function createSerial(): Serial {
  const tails = new Map<string, Promise<unknown>>();
  return async (name, task) => {
    const before = tails.get(name) ?? Promise.resolve();
    // A task runs whether or not the one before it failed; that one's caller has the error.
    const run = before.then(task, task);
    tails.set(name, run);
    try {
      return await run;
    } finally {
      if (tails.get(name) === run) tails.delete(name);
    }
  };
}
