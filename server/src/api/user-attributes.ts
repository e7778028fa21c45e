import type { FieldError } from '@laurel/contract';
import type { UserAttributes, Workspace } from '@laurel/contract/types';
import type { UserAttributeDeclarations, UserAttributesChange } from '@laurel/contract/users/attributes';
import type { UserCreate, UserUpdate } from '@laurel/contract/users/schema';
import { fittingAttributes, isOfType } from '../domain/index.ts';
import { ProblemError } from './problem.ts';

type Declared = Workspace['userAttributes'];
type Fault = Pick<FieldError, 'code' | 'message'>;

/** What is wrong with one attribute for whoever sets it, by what the workspace declares. */
function faultOf(
  name: string,
  value: UserAttributesChange[string],
  declared: Declared,
  by: 'operator' | 'player',
): Fault | undefined {
  const declaration = declared === null ? undefined : new Map(Object.entries(declared)).get(name);
  // What players may not write looks to them like what is not there.
  if (by === 'player' && declaration?.playersMay !== 'write') {
    return { code: 'not_writable', message: 'players can write no such attribute' };
  }
  if (declared === null) return undefined;
  if (declaration === undefined) return { code: 'undeclared', message: 'the workspace declares no such attribute' };
  if (value === null) return declaration.required === true ? { code: 'required', message: 'is required' } : undefined;
  const { type } = declaration;
  return isOfType(value, type) ? undefined : { code: 'invalid_type', message: `must be of the type ${type}` };
}

function refusal(errors: readonly FieldError[]): ProblemError {
  const [first] = errors;
  return new ProblemError('unprocessable', first && `${first.pointer}: ${first.message}`, { errors });
}

/** Refuses a change of attributes that the workspace does not allow to whoever makes it. */
export function checkAttributes(
  declared: Declared,
  change: UserAttributesChange | undefined,
  by: 'operator' | 'player',
  base = '',
): void {
  const errors = Object.entries(change ?? {}).flatMap(([name, value]) => {
    const fault = faultOf(name, value, declared, by);
    return fault === undefined ? [] : [{ pointer: `${base}/attributes/${name}`, ...fault }];
  });
  if (errors.length > 0) throw refusal(errors);
}

/** Refuses the attributes of a new user: those that are required must be there as well. */
export function checkNewAttributes(declared: Declared, { attributes = {} }: Pick<UserCreate, 'attributes'>): void {
  checkAttributes(declared, attributes, 'operator');
  const missing = Object.entries(declared ?? {}).flatMap(([name, { required }]) =>
    required === true && !Object.hasOwn(attributes, name)
      ? [{ pointer: `/attributes/${name}`, code: 'required', message: 'is required' }]
      : [],
  );
  if (missing.length > 0) throw refusal(missing);
}

/** The most attributes of one user. */
const MOST = 50;

/** A user's attributes after a change: null takes one away. */
export function changedAttributes(before: UserAttributes, change: UserUpdate['attributes'] = {}): UserAttributes {
  const after = new Map(Object.entries(before));
  for (const [name, value] of Object.entries(change)) {
    if (value === null) after.delete(name);
    else after.set(name, value);
  }
  if (after.size > MOST) {
    throw refusal([{ pointer: '/attributes', code: 'too_big', message: `at most ${MOST} attributes in all` }]);
  }
  return Object.fromEntries(after);
}

/** The attributes that a player sees of themselves. */
export function playersAttributes(attributes: UserAttributes, declared: Declared): UserAttributes {
  if (declared === null) return {};
  const shown = new Map(Object.entries(declared).map(([name, { playersMay = 'nothing' }]) => [name, playersMay]));
  const fitting = Object.entries(fittingAttributes(attributes, declared));
  return Object.fromEntries(fitting.filter(([name]) => shown.get(name) !== 'nothing'));
}

/**
 * Refuses a declaration that turns values into others: a type may widen from whole numbers to any, and no more.
 * Everything else is allowed, since values that do not fit are kept and not seen.
 */
export function checkDeclarations(
  before: Declared,
  after: UserAttributeDeclarations | null,
  base = '/userAttributes',
): void {
  const types = new Map(Object.entries(before ?? {}).map(([name, { type }]) => [name, type]));
  const errors = Object.entries(after ?? {}).flatMap(([name, { type }]) => {
    const was = types.get(name);
    if (was === undefined || was === type || (was === 'integer' && type === 'number')) return [];
    const message = `is ${was} and cannot become ${type}: declare another attribute`;
    return [{ pointer: `${base}/${name}/type`, code: 'type_changed', message }];
  });
  if (errors.length > 0) throw refusal(errors);
}
