import { type ProgressRecord, stepsOf } from '../player.ts';
import type { Share } from './contribution.ts';

/** What a progress has come to: in a step, or as a whole. What is open is over by itself at a moment, or never. */
export type FunnelStage =
  | { readonly stage: 'started' | 'completed' | 'cancelled' }
  | { readonly stage: 'step'; readonly step: number }
  | { readonly stage: 'open'; readonly until: string | null };

/** Where the funnel of a mission and day is counted. No id has a space. */
export function funnelPlace(day: string, mission: string): string {
  return `${day} ${mission}`;
}

/** The day and the mission of a place. */
export function placedFunnel(place: string): { readonly day: string; readonly mission: string } {
  const [day = '', mission = ''] = place.split(' ');
  return { day, mission };
}

function counterOf(version: number, stage: FunnelStage): string {
  const detail = 'step' in stage ? [String(stage.step)] : 'until' in stage ? [stage.until ?? 'never'] : [];
  return [String(version), stage.stage, ...detail].join(' ');
}

/** The version and the stage that a counter is of. */
export function stageOf(counter: string): { readonly version: number; readonly stage: FunnelStage } {
  const [version = '', stage = '', detail = ''] = counter.split(' ');
  const of = (): FunnelStage => {
    if (stage === 'step') return { stage, step: Number(detail) };
    if (stage === 'open') return { stage, until: detail === 'never' ? null : detail };
    return { stage: stage === 'completed' || stage === 'cancelled' ? stage : 'started' };
  };
  return { version: Number(version), stage: of() };
}

function stagesOf(record: ProgressRecord): FunnelStage[] {
  const reached = stepsOf(record).flatMap(({ completedAt }, step): FunnelStage[] =>
    completedAt === null ? [] : [{ stage: 'step', step }],
  );
  if (record.completedAt !== null) return [{ stage: 'started' }, ...reached, { stage: 'completed' }];
  if (record.cancelledAt !== undefined) return [{ stage: 'started' }, ...reached, { stage: 'cancelled' }];
  return [{ stage: 'started' }, ...reached, { stage: 'open', until: record.endsAt ?? null }];
}

/**
 * What a progress adds to the funnel of the day on which it began. That time runs out changes nothing that is stored:
 * what is open is counted by when it will be over, and who reads that tells whether it is.
 */
export function sharesOfFunnel(record: ProgressRecord, dayOf: (instant: string) => string): Share[] {
  const { mission, missionVersion, startedAt } = record;
  const place = funnelPlace(dayOf(startedAt), mission);
  return stagesOf(record).map((stage) => ({
    topic: 'funnels',
    place,
    counter: counterOf(missionVersion, stage),
    amount: 1,
  }));
}
