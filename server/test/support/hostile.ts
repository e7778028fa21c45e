/** Texts that no id may be, by what they try. */
export const hostileIds: Readonly<Record<string, string>> = {
  'a part of a key': 'a#b',
  'a key': 'T#acme#W#main#U',
  NUL: 'a\u0000b',
  '10,000 characters': 'a'.repeat(10_000),
  '129 characters': 'a'.repeat(129),
  'a space': 'a b',
  'a space at the end': 'a ',
  'a line break': 'a\n',
  nothing: '',
  'the folder': '.',
  'the folder above': '..',
  'a slash': '../a',
  'an escape': 'a%23b',
  'a letter beyond ASCII': 'é',
  'a turned text': 'a\u202eb',
  'a wildcard': '*',
  'an expression': 'size(pk) > :v',
};

/** Values that are no amount of anything: integers from 0 on, in the range where they are exact. JSON texts. */
export const hostileNumbers = ['-1', '1.5', '1e21', '9007199254740992', '1e400', '"10"', 'true', 'null', '[1]', '{}'];

/** Fields that are the platform's to set, whatever a caller says of them. */
export const managedFields = [
  'tenant',
  'tenantId',
  'workspace',
  'workspaceId',
  'version',
  'status',
  'createdAt',
  'updatedAt',
  'receivedAt',
  'author',
  'publishedAt',
  'ruleset',
  'cell',
  'platform',
  'role',
  'balance',
  'clientSecret',
  'secretHashes',
  'pk',
  'sk',
  'gsi1pk',
  'expiresAt',
  '__proto__',
  'constructor',
];

/** A value inside a JSON value, by the steps that lead to it. */
export interface Place {
  readonly steps: readonly (string | number)[];
  readonly value: unknown;
}

/** Every value inside a JSON value, itself included. */
export function placesIn(value: unknown, steps: readonly (string | number)[] = []): Place[] {
  const inner = Array.isArray(value)
    ? value.flatMap((one, index) => placesIn(one, [...steps, index]))
    : typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, one]) => placesIn(one, [...steps, key]))
      : [];
  return [{ steps, value }, ...inner];
}

/** The JSON pointer of a place (RFC 6901). */
export function pointerOf({ steps }: Pick<Place, 'steps'>): string {
  return steps.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** The JSON text of a value with what stands at a place replaced, by a JSON text of any kind. */
export function withText(value: unknown, steps: readonly (string | number)[], text: string): string {
  const [step, ...rest] = steps;
  if (step === undefined) return text;
  if (Array.isArray(value)) {
    return `[${value.map((one, index) => (index === step ? withText(one, rest, text) : JSON.stringify(one))).join()}]`;
  }
  const entries: [string, unknown][] = Object.entries(Object(value)).filter(([key]) => key !== step);
  const others = entries.map(([key, one]) => `${JSON.stringify(key)}:${JSON.stringify(one)}`);
  return `{${[...others, `${JSON.stringify(step)}:${withText(Reflect.get(Object(value), step), rest, text)}`].join()}}`;
}

/** JSON texts of another type than a value's. */
export function otherTypes(value: unknown): string[] {
  const texts = { string: '"other"', number: '7.5', boolean: 'true', array: '[[]]', object: '{"unexpected":{}}' };
  const own = Array.isArray(value) ? 'array' : typeof value;
  return Object.entries(texts).flatMap(([type, text]) => (type === own ? [] : [text]));
}
