import type { EventReceipt, Happening, PlayerMission, PlayerMissionStep, Progress, Wallet } from '@laurel/sdk';

const WHEN = '2026-11-27T10:00:00.000Z';

export function progressOf(mission: string, amounts: readonly number[], target = 5): Progress {
  const reached = amounts.filter((amount) => amount >= target).length;
  const [only = 0, ...others] = amounts;
  const [amount, whole] = others.length === 0 ? [only, target] : [reached, amounts.length];
  return {
    id: `${mission}.all`,
    mission,
    missionVersion: 1,
    period: 'all',
    state: amount < whole ? 'active' : 'completed',
    amount,
    target: whole,
    steps: amounts.map((at) => ({ amount: at, target, completedAt: at < target ? null : WHEN })),
    startedAt: WHEN,
    completedAt: amount < whole ? null : WHEN,
    cancelledAt: null,
  };
}

export function missionOf(id: string, amount: number, more: Partial<PlayerMission> = {}): PlayerMission {
  return {
    id,
    for: 'player',
    name: `Mission ${id}`,
    schedule: { kind: 'permanent' },
    steps: [step('lesson')],
    combine: { kind: 'all' },
    assignment: 'automatic',
    prerequisites: [],
    locked: false,
    repeat: null,
    rewards: [],
    progress: progressOf(id, [amount]),
    share: null,
    ...more,
  };
}

export function step(activity: string, adds: PlayerMissionStep['adds'] = 'one', target = 5): PlayerMissionStep {
  return { activity, adds, target };
}

export function walletOf(currency: string, available: number): Wallet {
  return { currency, available, held: 0, pending: 0, owed: 0 };
}

export function receiptOf(activity: string, effects: Partial<EventReceipt['effects']> = {}): EventReceipt {
  return {
    event: {
      id: 'evt_1',
      activity,
      userId: 'ann',
      occurredAt: WHEN,
      receivedAt: WHEN,
      value: 1,
      attributes: {},
      voidedAt: null,
      limited: false,
    },
    effects: {
      progress: [],
      missionsCompleted: [],
      rewards: [],
      withheld: [],
      clipped: [],
      ledger: [],
      streaks: [],
      scores: [],
      badges: [],
      levels: [],
      ...effects,
    },
  };
}

const about = { id: 'hap_1', occurredAt: WHEN, workspace: 'main', userId: 'ann' };

export function walletChanged(currency: string): Happening {
  return { ...about, type: 'wallet.changed', data: { currency, change: 1, available: 1 } };
}

export function missionProgressed(mission: string): Happening {
  const data = { progressId: `${mission}.all`, mission, period: 'all', amount: 1, target: 5 };
  return { ...about, type: 'mission.progressed', data };
}

export function eventCounted(activity: string): Happening {
  return { ...about, type: 'event.counted', data: { eventId: 'evt_1', activity, value: 1, limited: false } };
}
