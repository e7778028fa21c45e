import type { Item } from './attribute-value.ts';

/** Why one action of a cancelled transaction did, or did not, stand in its way. */
export interface CancellationReason {
  readonly Code: string;
  readonly Message?: string;
  /** The item as it was, when the action asked for it by ReturnValuesOnConditionCheckFailure. */
  readonly Item?: Item;
}

/** Members that some errors carry beside their message. */
export interface ErrorMembers {
  readonly Item?: Item;
  readonly CancellationReasons?: readonly CancellationReason[];
}

/** An error of the service itself, which the protocol sends to the caller under this name. */
export class ServiceError extends Error {
  readonly statusCode: number;
  readonly members: ErrorMembers;

  constructor(name: string, message: string, members: ErrorMembers = {}, statusCode = 400) {
    super(message);
    this.name = name;
    this.members = members;
    this.statusCode = statusCode;
  }
}

/**
 * A key that does not fit the schema of its table or index. Alone it refuses the request; inside of a transaction it is
 * a reason for cancelling.
 */
export class KeySchemaError extends ServiceError {
  constructor(message: string) {
    super('ValidationException', message);
  }
}

export function validationError(message: string): ServiceError {
  return new ServiceError('ValidationException', message);
}

/** A ValidationException with DynamoDB's usual opening. */
export function invalidParameters(message: string): ServiceError {
  return validationError(`One or more parameter values were invalid: ${message}`);
}

export function tableNotFound(): ServiceError {
  return new ServiceError('ResourceNotFoundException', 'Requested resource not found');
}

export function namedTableNotFound(name: string): ServiceError {
  return new ServiceError('ResourceNotFoundException', `Requested resource not found: Table: ${name} not found`);
}

export function conditionFailed(item: Item | undefined): ServiceError {
  const members = item === undefined ? {} : { Item: item };
  return new ServiceError('ConditionalCheckFailedException', 'The conditional request failed', members);
}

export function transactionCancelled(reasons: readonly CancellationReason[]): ServiceError {
  const codes = reasons.map((reason) => reason.Code).join(', ');
  return new ServiceError(
    'TransactionCanceledException',
    `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`,
    { CancellationReasons: reasons },
  );
}
