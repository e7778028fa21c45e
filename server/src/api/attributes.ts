import type { FieldError } from '@laurel/contract';
import type { Activity, Event } from '@laurel/contract/types';
import { isOfType } from '../domain/index.ts';
import { ProblemError } from './problem.ts';

/** What is wrong with an event's attributes by what its activity declares; nothing, where it declares none. */
function attributeErrors(declared: NonNullable<Activity['attributes']>, attributes: Event['attributes']): FieldError[] {
  const known = new Map(Object.entries(declared));
  const given = new Map(Object.entries(attributes));
  const missing = [...known].flatMap(([name, { required }]) =>
    required === true && !given.has(name) ? [{ name, code: 'required', message: 'is required' }] : [],
  );
  const wrong = [...given].flatMap(([name, value]) => {
    const type = known.get(name)?.type;
    if (type === undefined) return [{ name, code: 'undeclared', message: 'the activity declares no such attribute' }];
    return isOfType(value, type) ? [] : [{ name, code: 'invalid_type', message: `must be of the type ${type}` }];
  });
  return [...missing, ...wrong].map(({ name, code, message }) => ({ pointer: `/attributes/${name}`, code, message }));
}

/** Why an event of an activity is refused for its attributes, if it is. */
export function attributeProblem(
  activity: Pick<Activity, 'attributes'> | undefined,
  attributes: Event['attributes'],
  pointerBase = '',
): ProblemError | undefined {
  if (activity?.attributes === undefined) return undefined;
  const errors = attributeErrors(activity.attributes, attributes);
  const [first] = errors;
  if (first === undefined) return undefined;
  const placed = errors.map((error) => ({ ...error, pointer: `${pointerBase}${error.pointer}` }));
  return new ProblemError('unprocessable', `${first.pointer}: ${first.message}`, { errors: placed });
}
