/** A value that an attribute of an event or a user can have. */
export type AttributeValue = string | number | boolean;

/** The types that attributes are declared to be of: `integer` is a whole number, `number` any. */
export type AttributeType = 'string' | 'integer' | 'number' | 'boolean';

/** Whether a value is of a declared type. */
export function isOfType(value: AttributeValue, type: AttributeType): boolean {
  return type === 'integer' ? Number.isSafeInteger(value) : typeof value === type;
}
