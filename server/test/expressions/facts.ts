import type { Activity, Workspace } from '@laurel/contract/types';
import type { Facts, PlayerEvent, PlayerFacts, UserFacts } from '../../src/domain/index.ts';
import { type CompiledCondition, compileCondition, shapeOf } from '../../src/expressions/index.ts';
import { currency, userOf } from '../domain/fixtures.ts';

/** What a test says of the facts; the rest is plain. */
export interface Given {
  readonly value?: number;
  readonly attributes?: PlayerEvent['attributes'];
  readonly balances?: Readonly<Record<string, number>>;
  readonly currencies?: readonly string[];
  readonly language?: string;
  readonly user?: Partial<UserFacts>;
  readonly player?: Partial<PlayerFacts>;
  readonly occurredAt?: string;
  readonly now?: string;
}

export function factsOf(given: Given = {}): Facts {
  const { value = 1, attributes = {}, balances = {}, currencies = ['xp'], language = 'en' } = given;
  const user = userOf({ id: 'ada', language, zone: 'Europe/Rome', ...given.user });
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
      user,
      stamps: {},
    },
    user,
    player: { balances, levels: {}, badges: {}, counters: {}, ...given.player },
    counted: {
      balances: new Map(currencies.map((id) => [id, currency(id)])),
      levels: new Map(),
      badges: new Map(),
      counters: new Map([['lesson', null]]),
    },
    now,
  };
}

/** What is declared: by the activity, and by the workspace. */
interface Declared extends Pick<Activity, 'attributes'> {
  readonly userAttributes?: Workspace['userAttributes'];
}

const shaped = (declared: Declared = {}) => shapeOf(declared, declared.userAttributes ?? null);

/** The verdict on some facts of a condition that must compile. */
export function verdict(text: string, given: Given = {}, declared?: Declared) {
  const compiled = compileCondition(text, shaped(declared));
  if (compiled.kind === 'refused') throw new Error(`${text}: ${JSON.stringify(compiled.problems)}`);
  const { seen, ...told } = compiled.evaluate(factsOf(given));
  return told.holds ? told : { ...told, values: seen?.() };
}

/** What is wrong with a condition, in words, each with the text that it points at. */
export function faults(text: string, declared?: Declared): { message: string; at: string }[] {
  const compiled: CompiledCondition = compileCondition(text, shaped(declared));
  if (compiled.kind === 'compiled') return [];
  return compiled.problems.map(({ message, from, to }) => ({ message, at: text.slice(from, to) }));
}
