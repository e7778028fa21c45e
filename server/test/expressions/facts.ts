import type { Facts } from '../../src/domain/index.ts';
import { newPlayer, type PlayerEvent } from '../../src/domain/index.ts';
import { type CompiledCondition, compileCondition, shapeOf } from '../../src/expressions/index.ts';
import { currency } from '../domain/fixtures.ts';

/** What a test says of the facts; the rest is plain. */
export interface Given {
  readonly value?: number;
  readonly attributes?: PlayerEvent['attributes'];
  readonly balances?: Readonly<Record<string, number>>;
  readonly currencies?: readonly string[];
  readonly language?: string;
  readonly occurredAt?: string;
  readonly now?: string;
}

export function factsOf(given: Given = {}): Facts {
  const { value = 1, attributes = {}, balances = {}, currencies = ['xp'], language = 'en' } = given;
  const now = given.now ?? '2026-11-24T12:00:00.000Z';
  return {
    event: {
      id: 'evt-1',
      activity: 'lesson',
      userId: 'ada',
      occurredAt: given.occurredAt ?? now,
      value,
      attributes,
      userZone: 'Europe/Rome',
      userLanguage: language,
      stamps: {},
    },
    player: {
      ...newPlayer(),
      wallets: Object.fromEntries(
        Object.entries(balances).map(([name, balance]) => [name, { balance, owed: 0 }] as const),
      ),
    },
    currencies: new Map(currencies.map((id) => [id, currency(id)])),
    now,
  };
}

type Shape = Parameters<typeof shapeOf>[0];

/** The verdict on some facts of a condition that must compile. */
export function verdict(text: string, given: Given = {}, shape?: Shape) {
  const compiled = compileCondition(text, shapeOf(shape));
  if (compiled.kind === 'refused') throw new Error(`${text}: ${JSON.stringify(compiled.problems)}`);
  return compiled.evaluate(factsOf(given));
}

/** What is wrong with a condition, in words, each with the text that it points at. */
export function faults(text: string, shape?: Shape): { message: string; at: string }[] {
  const compiled: CompiledCondition = compileCondition(text, shapeOf(shape));
  if (compiled.kind === 'compiled') return [];
  return compiled.problems.map(({ message, from, to }) => ({ message, at: text.slice(from, to) }));
}
