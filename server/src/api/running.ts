import type { Running } from '@laurel/contract/definitions/schema';
import type { MissionSchedule } from '@laurel/contract/types';
import { scheduleKey } from '../domain/index.ts';
import { type Definition, type DefinitionKind, kindLabel } from '../store/definition-items.ts';
import { ProblemError } from './problem.ts';

/** What a new version of each kind can make of what players have running. */
const choices: { readonly [K in DefinitionKind]: readonly Running[] } = {
  activities: ['keep'],
  currencies: ['keep'],
  missions: ['keep', 'recompute', 'reset'],
  rewardRules: ['keep'],
  streaks: ['keep', 'recompute', 'reset'],
  leaderboards: ['keep'],
  leagues: ['keep'],
  segments: ['keep'],
  badges: ['keep'],
  levelTracks: ['keep', 'recompute'],
  catalogItems: ['keep'],
  webhooks: ['keep'],
};

/** Why a kind does not know the others. */
const reasons: { readonly [K in DefinitionKind]?: string } = {
  activities:
    'Each event is counted by the version that was at work when it came in: nothing of an activity is running.',
  currencies: 'What players have is theirs, and no version of a currency changes it.',
  rewardRules: 'A rule pays for what happens while it is at work: nothing of it is running.',
  leaderboards: 'Scores stand as they were counted, and what comes in counts by the newest version.',
  leagues: 'A week goes on with its cohorts and scores, and the newest version settles it.',
  segments: 'Who is in a segment follows from its newest version whenever it is asked: nothing of it is running.',
  badges: 'Players count on by the version that they started on.',
  levelTracks: 'A level follows from an amount, which goes on: there is nothing that could begin anew.',
  catalogItems: 'What was redeemed stays as it was bought: nothing of an item is running.',
  webhooks: 'A webhook is told by the version that is at work: no player has anything of it running.',
};

/** What is made of what is running, of one kind among others: `keep` where the kind does not know what is asked for. */
export function runningFor(kind: DefinitionKind, running: Running): Running {
  return choices[kind].includes(running) ? running : 'keep';
}

function refused(message: string): ProblemError {
  return new ProblemError('unprocessable', message, {
    errors: [{ pointer: '/running', code: 'unprocessable', message }],
  });
}

/** Refuses what a version of a kind cannot make of what is running. */
export function assertKnown(kind: DefinitionKind, running: Running): void {
  const known = choices[kind];
  if (known.includes(running)) return;
  const can = `A new version of a ${kindLabel(kind)} can ${known.map((one) => `\`${one}\``).join(' or ')} alone.`;
  throw refused([can, reasons[kind] ?? ''].join(' ').trim());
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
