import { type CustomCheck, checkTypes, checkValidations, type TypeTable } from 'dynalite/validations/index.js';
import { ServiceError, validationError } from './errors.ts';

/** A check of one kind of request: its shape, and what no shape can say. */
export interface Check {
  readonly types: TypeTable;
  readonly custom?: CustomCheck | undefined;
}

/** Sizes are checked where the item is known, in UTF-8 bytes, so that dynalite's own count is not asked for. */
const store = { options: { maxItemSize: Number.POSITIVE_INFINITY } };

const expressions = [
  'ConditionExpression',
  'UpdateExpression',
  'ProjectionExpression',
  'FilterExpression',
  'KeyConditionExpression',
];
const MAX_EXPRESSION_BYTES = 4096;

/** The parameters from before there were expressions, which the engine does not carry out. */
const legacy = [
  'AttributesToGet',
  'AttributeUpdates',
  'ConditionalOperator',
  'Expected',
  'KeyConditions',
  'QueryFilter',
  'ScanFilter',
];

/**
 * A request in order: unknown members dropped, numbers in plain notation, expressions parsed (`_condition` and so on).
 * @throws SerializationException for JSON of the wrong types, ValidationException for everything else
 */
export function validateRequest<Request extends object>({ types, custom }: Check, data: object): Request {
  refuseLegacy(data);
  return translated(() => {
    const request = checkTypes<Request>(data, types);
    refuseLongExpressions(request);
    checkValidations(request, types, custom, store);
    return request;
  });
}

/** What one action inside of a larger request must fulfil beyond its shape. */
export function validatePart(custom: CustomCheck | undefined, part: object): void {
  refuseLegacy(part);
  refuseLongExpressions(part);
  const problem = custom?.(part, store);
  if (problem) throw validationError(problem);
}

function refuseLegacy(data: object): void {
  const found = legacy.find((name) => Object.hasOwn(data, name));
  if (found === undefined) return;
  throw validationError(`The legacy parameter ${found} is not supported by this engine; use an expression instead`);
}

function refuseLongExpressions(data: object): void {
  for (const [name, value] of Object.entries(data)) {
    if (typeof value !== 'string' || !expressions.includes(name)) continue;
    const bytes = Buffer.byteLength(value);
    if (bytes <= MAX_EXPRESSION_BYTES) continue;
    throw validationError(
      `Invalid ${name}: Expression size has exceeded the maximum allowed size; expression size: ${bytes}`,
    );
  }
}

/** dynalite's errors carry the service's body; here they become the engine's own. */
function translated<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    throw serviceErrorOf(error) ?? error;
  }
}

function serviceErrorOf(error: unknown): ServiceError | undefined {
  if (!(error instanceof Error) || !('body' in error)) return undefined;
  const { body } = error;
  if (typeof body !== 'object' || body === null || !('__type' in body)) return undefined;
  return new ServiceError(String(body.__type).replace(/^.*#/, ''), error.message);
}
