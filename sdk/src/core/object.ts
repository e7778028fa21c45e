/** Whether a value has members to look at. */
export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** A member of a value from outside, if it is text. */
export function textMember(value: unknown, name: string): string | undefined {
  const member: unknown = isObject(value) ? Object.getOwnPropertyDescriptor(value, name)?.value : undefined;
  return typeof member === 'string' ? member : undefined;
}
