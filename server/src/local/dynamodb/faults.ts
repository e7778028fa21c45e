import { type CancellationReason, ServiceError, transactionCancelled } from './errors.ts';

/**
 * An error that the next request for an operation gets. A local engine runs one request at a time, so that conflicts,
 * throttling and lost answers never happen by themselves; this is how tests make them happen.
 */
export interface Fault {
  /** The operation by its name in the API, such as `PutItem`. */
  readonly operation: string;
  /** A text that the request must hold, such as a key of the item it is about; any request where it is missing. */
  readonly about?: string;
  readonly error: FaultError;
  /**
   * `before` (the default): nothing is done. `after`: the request is carried out and committed, and then its answer is
   * lost, as when a connection breaks.
   */
  readonly when?: 'before' | 'after';
  /** How many requests get it; 1 by default. The SDK repeats some errors by itself. */
  readonly times?: number;
}

/** An error of the service, or a cancelled transaction with its reasons. */
export type FaultError =
  | { readonly name: string; readonly message?: string; readonly statusCode?: number }
  | { readonly cancellationReasons: readonly CancellationReason[] };

export interface Faults {
  add(fault: Fault): void;
  /** The fault that this request of the operation gets, if any: the oldest first. */
  take(
    operation: string,
    request: unknown,
  ): { readonly error: ServiceError; readonly when: 'before' | 'after' } | undefined;
}

export function createFaults(): Faults {
  const pending: { fault: Fault; left: number }[] = [];
  return {
    add: (fault) => void pending.push({ fault, left: fault.times ?? 1 }),
    take(operation, request) {
      const isMeant = ({ about }: Fault) => about === undefined || JSON.stringify(request).includes(about);
      const place = pending.findIndex(({ fault }) => fault.operation === operation && isMeant(fault));
      const found = pending[place];
      if (found === undefined) return undefined;
      found.left -= 1;
      if (found.left <= 0) pending.splice(place, 1);
      return { error: errorOf(found.fault.error), when: found.fault.when ?? 'before' };
    },
  };
}

function errorOf(error: FaultError): ServiceError {
  if ('cancellationReasons' in error) return transactionCancelled(error.cancellationReasons);
  return new ServiceError(error.name, error.message ?? 'Injected by failNext', {}, error.statusCode);
}
