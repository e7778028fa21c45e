import type { Statement } from '../templates.ts';

/** What a role asks IAM for. */
export interface Question {
  /** Such as `dynamodb:PutItem`. */
  readonly action: string;
  /** An ARN. */
  readonly resource: string;
  /** What conditions speak of, by their names, such as `dynamodb:LeadingKeys`; missing ones are missing in the request. */
  readonly context?: Readonly<Record<string, readonly string[]>>;
}

/** A statement as IAM gets it: with its resources as texts. */
export interface PlainStatement extends Omit<Statement, 'Resource'> {
  readonly Resource: readonly string[];
}

const listOf = (value: string | readonly string[] | undefined): readonly string[] =>
  value === undefined ? [] : typeof value === 'string' ? [value] : value;

/** `StringLike` as IAM means it: `*` is any text and `?` one character. */
export function isLike(value: string, pattern: string, flags = ''): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, `s${flags}`).test(value);
}

/** What a condition's operator makes of what the request has of a key; only what the policies here are written in. */
const OPERATORS: Readonly<Record<string, (has: readonly string[], wanted: readonly string[]) => boolean>> = {
  // True of a request that has no value at all: that is why `Null` stands beside it.
  'ForAllValues:StringLike': (has, wanted) => has.every((one) => wanted.some((pattern) => isLike(one, pattern))),
  'ForAnyValue:StringLike': (has, wanted) => has.some((one) => wanted.some((pattern) => isLike(one, pattern))),
  StringLike: (has, wanted) => has.some((one) => wanted.some((pattern) => isLike(one, pattern))),
  StringEquals: (has, wanted) => has.some((one) => wanted.includes(one)),
  Null: (has, wanted) => wanted.includes(String(has.length === 0)),
};

/** What a question of this suite may hold; a condition on anything else would be answered without being looked at. */
const KEYS: readonly string[] = ['dynamodb:LeadingKeys', 'kms:ViaService', 'kms:EncryptionContext:tenant', 's3:prefix'];

function isMet(
  [operator, terms]: readonly [string, Record<string, string | string[]>],
  { context }: Question,
): boolean {
  const operation = OPERATORS[operator];
  if (operation === undefined) throw new Error(`the operator ${operator} is not known here`);
  return Object.entries(terms).every(([key, wanted]) => {
    if (!KEYS.includes(key)) throw new Error(`what requests have of ${key} is not recorded`);
    return operation(context?.[key] ?? [], listOf(wanted));
  });
}

/** Whether a statement, be it Allow or Deny, speaks of what is asked. */
export function speaksOf(statement: PlainStatement, question: Question): boolean {
  if (statement.NotAction !== undefined) throw new Error('NotAction is not known here');
  return (
    listOf(statement.Action).some((action) => isLike(question.action, action, 'i')) &&
    statement.Resource.some((resource) => isLike(question.resource, resource)) &&
    Object.entries(statement.Condition ?? {}).every((condition) => isMet(condition, question))
  );
}

/** IAM's answer: a Deny that speaks of it is the end of it, and without an Allow it is denied as well. */
export function isAllowed(statements: readonly PlainStatement[], question: Question): boolean {
  const speaking = statements.filter((statement) => speaksOf(statement, question));
  return speaking.length > 0 && speaking.every(({ Effect }) => Effect === 'Allow');
}
