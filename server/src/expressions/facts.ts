import type { Facts } from '../domain/index.ts';
import type { Shape } from './shape.ts';

/** A value that an event's attribute can have, as CEL has it. */
type CelScalar = string | boolean | bigint | number;

/** The facts as CEL takes them: integers as `int`, instants as timestamps, whatever people name in maps. */
export interface CelFacts {
  readonly event: {
    readonly id: string;
    readonly activity: string;
    readonly value: bigint;
    readonly occurredAt: Date;
    readonly attributes: ReadonlyMap<string, CelScalar>;
  };
  readonly user: { readonly id: string; readonly language: string; readonly zone: string };
  readonly player: { readonly balances: ReadonlyMap<string, bigint> };
  readonly now: Date;
}

/** A number is an `int` where it is whole, unless it is declared to be any number: then it is always a `double`. */
function scalarOf(value: string | number | boolean, declared: string | undefined): CelScalar {
  if (typeof value !== 'number' || declared === 'number') return value;
  return Number.isSafeInteger(value) ? BigInt(value) : value;
}

/** The facts as CEL takes them; balances are left out where an expression does not speak of the player. */
export function celFacts({ event, player, currencies, now }: Facts, shape: Shape, withPlayer: boolean): CelFacts {
  const declared = new Map(Object.entries(shape.attributes ?? {}));
  const attributes = Object.entries(event.attributes).map(
    ([name, value]) => [name, scalarOf(value, declared.get(name)?.type)] as const,
  );
  const balances = new Map<string, bigint>();
  if (withPlayer) {
    for (const currency of currencies.keys()) balances.set(currency, 0n);
    for (const [currency, { balance }] of Object.entries(player.wallets)) balances.set(currency, BigInt(balance));
  }
  return {
    event: {
      id: event.id,
      activity: event.activity,
      value: BigInt(event.value),
      occurredAt: new Date(event.occurredAt),
      attributes: new Map(attributes),
    },
    user: { id: event.userId, language: event.userLanguage, zone: event.userZone },
    player: { balances },
    now: new Date(now),
  };
}

/** The size of the largest collection among the facts. */
export function largestOf({ event, player }: CelFacts): number {
  return Math.max(event.attributes.size, player.balances.size);
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
