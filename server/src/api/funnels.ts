import type { FunnelRow } from '@laurel/contract/analytics/schema';
import type * as z from 'zod';
import { compareText, placedFunnel, stageOf } from '../domain/index.ts';
import type { Counters } from '../store/analytics.ts';

type Row = z.infer<typeof FunnelRow>;

const order: readonly Row['stage'][] = ['started', 'step', 'completed', 'expired', 'cancelled', 'active'];

function compareRows(a: Row, b: Row): number {
  return (
    compareText(a.day, b.day) ||
    compareText(a.mission, b.mission) ||
    a.version - b.version ||
    order.indexOf(a.stage) - order.indexOf(b.stage) ||
    (a.step ?? 0) - (b.step ?? 0)
  );
}

/** What a counter of a funnel says at a moment: what was open until before it has expired. */
function rowOf(place: string, counter: string, players: number, now: string): Row {
  const { version, stage } = stageOf(counter);
  const head = { ...placedFunnel(place), version };
  if (stage.stage === 'open') {
    const isOver = stage.until !== null && stage.until <= now;
    return { ...head, stage: isOver ? 'expired' : 'active', step: null, players };
  }
  return { ...head, stage: stage.stage, step: 'step' in stage ? stage.step : null, players };
}

/** The funnels that counters tell of at a moment, stage by stage; of one mission, or of all. */
export function funnelRows(counters: Counters, now: string, mission: string | undefined): Row[] {
  const rows = new Map<string, Row>();
  for (const [place, named] of counters) {
    if (mission !== undefined && placedFunnel(place).mission !== mission) continue;
    for (const [counter, players] of named) {
      const row = rowOf(place, counter, players, now);
      const key = JSON.stringify({ ...row, players: null });
      // Periods that are over at different moments, such as in the zones of players, are one stage.
      rows.set(key, { ...row, players: players + (rows.get(key)?.players ?? 0) });
    }
  }
  return [...rows.values()].filter(({ players }) => players !== 0).toSorted(compareRows);
}
