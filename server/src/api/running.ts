import type { Running } from '@laurel/contract/definitions/schema';
import type { MissionSchedule } from '@laurel/contract/types';
import { scheduleKey } from '../domain/index.ts';
import { type Definition, type DefinitionKind, kindLabel } from '../store/definition-items.ts';
import { ProblemError } from './problem.ts';

/** What a new version can make of what players have running: of other kinds nothing runs, or it is never another's. */
const choices: { readonly [K in DefinitionKind]?: readonly Running[] } = {
  missions: ['keep', 'recompute', 'reset'],
  streaks: ['keep', 'recompute', 'reset'],
};

const nothingRuns: readonly Running[] = ['keep'];

/** What is made of what is running, of one kind among others: `keep` where the kind does not know what is asked for. */
export function runningFor(kind: DefinitionKind, running: Running): Running {
  return (choices[kind] ?? nothingRuns).includes(running) ? running : 'keep';
}

function refused(message: string): ProblemError {
  return new ProblemError('unprocessable', message, {
    errors: [{ pointer: '/running', code: 'unprocessable', message }],
  });
}

/** Refuses what a version of a kind cannot make of what is running. */
export function assertKnown(kind: DefinitionKind, running: Running): void {
  const known = choices[kind] ?? nothingRuns;
  if (!known.includes(running)) {
    throw refused(`A new version of a ${kindLabel(kind)} can ${known.map((one) => `\`${one}\``).join(' or ')} alone.`);
  }
}

/** Refuses a recount that there cannot be: the events of one schedule are of no period of another. */
export function assertRecountable(before: Definition | undefined, after: Definition): void {
  if (after.running !== 'recompute' || before === undefined) return;
  const [was, is] = [scheduleOf(before), scheduleOf(after)];
  if (was === null || is === null || scheduleKey(was) === scheduleKey(is)) return;
  throw refused('The schedule changes, and what is running cannot be counted again by another: `keep` or `reset` it.');
}

function scheduleOf(definition: Definition): MissionSchedule | null {
  return 'schedule' in definition ? definition.schedule : null;
}
