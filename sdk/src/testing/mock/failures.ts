import type { KnownProblemCode } from '../../core/errors.ts';
import type { OperationNames } from './names.ts';
import type { Route } from './routes.ts';

/** How a failure goes. */
export interface FailureOptions {
  /** How many calls fail; 1 where it is missing, `Infinity` until the reset. */
  readonly times?: number;
  readonly detail?: string;
  /** Seconds to wait before the next try, as `Retry-After`. */
  readonly retryAfter?: number;
}

/** A problem's code, or that the connection is cut off. */
export type FailureKind = KnownProblemCode | 'no_connection';

interface Failure {
  readonly operation: string;
  readonly how: FailureKind;
  readonly options: FailureOptions;
}

/** Failures that wait for their calls, the first asked for first. */
export interface Failures {
  add(operation: OperationNames, how: FailureKind, options?: FailureOptions): void;
  /** What the next call of an operation fails with, if it does; it is used up by that. */
  next(route: Route): Failure | undefined;
  reset(): void;
}

/** Nothing fails, until it is told to. */
export function createFailures(): Failures {
  let waiting: (Failure & { left: number })[] = [];
  return {
    add: (operation, how, options = {}) => {
      waiting.push({ operation, how, options, left: options.times ?? 1 });
    },
    next({ name, context }) {
      const failure = waiting.find(
        ({ operation, left }) => left > 0 && (operation === name || `${context}.${operation}` === name),
      );
      if (failure !== undefined) failure.left -= 1;
      return failure;
    },
    reset: () => {
      waiting = [];
    },
  };
}
