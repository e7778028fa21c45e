import type { AttributeType, AttributeValue, Facts, PlayerFacts } from '../domain/index.ts';
import type { FactSizes } from './bounds.ts';
import type { Shape } from './shape.ts';

/** The facts that there are: always a user, and all of the rest where it is about an event. */
export type GivenFacts = Pick<Facts, 'user'> & Partial<Omit<Facts, 'user'>>;

/** A value that an attribute can have, as CEL has it. */
type CelScalar = string | boolean | bigint | number;

type CelAttributes = ReadonlyMap<string, CelScalar>;
type CelCounts = ReadonlyMap<string, bigint>;

/** The facts as CEL takes them: integers as `int`, instants as timestamps, whatever people name in maps. */
export interface CelFacts {
  readonly user: {
    readonly id: string;
    readonly language: string;
    readonly zone: string;
    readonly attributes: CelAttributes;
    readonly tags: readonly string[];
  };
  readonly event?: {
    readonly id: string;
    readonly activity: string;
    readonly value: bigint;
    readonly occurredAt: Date;
    readonly attributes: CelAttributes;
  };
  readonly player?: Readonly<Record<keyof PlayerFacts, CelCounts>>;
  readonly now?: Date;
}

/** A number is an `int` where it is whole, unless it is declared to be any number: then it is always a `double`. */
function scalarOf(value: AttributeValue, declared: AttributeType | undefined): CelScalar {
  if (typeof value !== 'number' || declared === 'number') return value;
  return Number.isSafeInteger(value) ? BigInt(value) : value;
}

function attributesOf(
  attributes: Readonly<Record<string, AttributeValue>>,
  declared: Readonly<Record<string, { readonly type: AttributeType }>> | null | undefined,
): CelAttributes {
  const types = new Map(Object.entries(declared ?? {}));
  return new Map(Object.entries(attributes).map(([name, value]) => [name, scalarOf(value, types.get(name)?.type)]));
}

/** Counts by name: 0 for what is known and was never counted. */
function countsOf(known: ReadonlyMap<string, unknown>, counts: Readonly<Record<string, number>>): CelCounts {
  const all = new Map<string, bigint>();
  for (const name of known.keys()) all.set(name, 0n);
  for (const [name, count] of Object.entries(counts)) all.set(name, BigInt(count));
  return all;
}

function playerOf(player: PlayerFacts, counted: Facts['counted'], isAsked: boolean): NonNullable<CelFacts['player']> {
  const part = (name: keyof PlayerFacts) => (isAsked ? countsOf(counted[name], player[name]) : new Map());
  return { balances: part('balances'), levels: part('levels'), badges: part('badges'), counters: part('counters') };
}

/** The facts as CEL takes them; what is counted is left out where an expression does not speak of the player. */
export function celFacts(
  { event, user, player, counted, now }: GivenFacts,
  shape: Shape,
  withPlayer: boolean,
): CelFacts {
  return {
    user: {
      id: user.id,
      language: user.language,
      zone: user.zone,
      attributes: attributesOf(user.attributes, shape.userAttributes),
      tags: user.tags,
    },
    ...(event && {
      event: {
        id: event.id,
        activity: event.activity,
        value: BigInt(event.value),
        occurredAt: new Date(event.occurredAt),
        attributes: attributesOf(event.attributes, shape.attributes),
      },
    }),
    ...(player && counted && { player: playerOf(player, counted, withPlayer) }),
    ...(now !== undefined && { now: new Date(now) }),
  };
}

/** The sizes of the collections among the facts. */
export function sizesOf({ event, user, player }: CelFacts): FactSizes {
  const counts = player === undefined ? [] : Object.values(player).map(({ size }) => size);
  const list = user.tags.length;
  return { largest: Math.max(event?.attributes.size ?? 0, user.attributes.size, list, ...counts), list };
}

/** The longest text of a value that is shown. */
const MAX_SHOWN = 500;

/** A value of CEL as people and JSON know it: whole numbers as numbers, times as RFC 3339, collections as JSON text. */
export function shownValue(value: unknown): string | number | boolean {
  switch (typeof value) {
    case 'boolean':
    case 'number':
      return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
    case 'bigint': {
      const number = Number(value);
      return Number.isSafeInteger(number) ? number : String(value);
    }
    case 'string':
      return value.slice(0, MAX_SHOWN);
    default:
      if (value instanceof Date) return Number.isNaN(value.valueOf()) ? 'no such time' : value.toISOString();
      if (value instanceof Map) return textOf(Object.fromEntries(value));
      return Array.isArray(value) ? textOf(value) : String(value).slice(0, MAX_SHOWN);
  }
}

function textOf(collection: object): string {
  const text = JSON.stringify(collection, (_, value: unknown) =>
    typeof value === 'bigint' ? shownValue(value) : value,
  );
  return text.slice(0, MAX_SHOWN);
}
