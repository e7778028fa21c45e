/**
 * The rules of the game a second time, as plainly as they can be written and sharing no code with the platform: what
 * happened to one player, in the order of time, and what it comes to. Dates are asked of `Intl`.
 */

/** A condition, as the platform takes it and as a function. */
export interface ModelCondition {
  readonly text: string;
  readonly holds: (event: ModelEvent, balances: ReadonlyMap<string, number>, zone: string) => boolean;
}

export interface ModelEvent {
  readonly id: string;
  readonly userId: string;
  readonly activity: string;
  readonly value: number;
  readonly occurredAt: string;
  readonly attributes: Readonly<Record<string, number>>;
}

export type ModelReward = { readonly currency: string; readonly amount: number };

type Every = 'day' | 'week' | 'month' | null;

/** What every rule over the events of an activity says. */
export interface ModelStreak {
  readonly id: string;
  readonly activity: string;
  readonly zone: string;
  readonly condition: ModelCondition | null;
}

export interface ModelMission extends ModelStreak {
  /** As the platform takes it, and as a function. */
  readonly adds: {
    readonly stated: 'one' | 'value' | { readonly expression: string };
    readonly of: (event: ModelEvent, balances: ReadonlyMap<string, number>) => number;
  };
  readonly target: number;
  /** Null for a permanent one. */
  readonly every: Every;
  readonly rewards: readonly ModelReward[];
}

/** How many events of an activity count in a period, or ever. */
export type ModelLimit = Pick<ModelMission, 'activity' | 'every' | 'zone'> & { readonly count: number };

export interface ModelRule {
  readonly id: string;
  readonly on: 'event' | 'missionCompleted';
  /** The activity or mission that it waits for; null for any. */
  readonly what: string | null;
  readonly mode: 'always' | 'fallback';
  readonly rewards: readonly ModelReward[];
  readonly condition: ModelCondition | null;
}

export type ModelBoard = ModelStreak & Pick<ModelMission, 'every'> & { readonly kind: 'sum' | 'count' };

export interface ModelWorld {
  readonly limits: readonly ModelLimit[];
  readonly missions: readonly ModelMission[];
  readonly rules: readonly ModelRule[];
  readonly streaks: readonly ModelStreak[];
  readonly boards: readonly ModelBoard[];
}

export interface ModelProgress {
  amount: number;
  readonly startedAt: string;
  completedAt: string | null;
}

/** What a player's life came to. */
export interface ModelPlayer {
  readonly balances: Map<string, number>;
  /** By `mission:period`. */
  readonly progress: Map<string, ModelProgress>;
  /** By streak: the dates that counted. */
  readonly days: Map<string, Set<string>>;
  /** By `board:period`. */
  readonly scores: Map<string, number>;
  /** What each rule, and each mission and period, paid in all, by `name currency`. */
  readonly paid: Map<string, number>;
  /** How many events counted in the periods of limits. */
  readonly counted: Map<string, number>;
  /** The events that were over a limit. */
  readonly limited: Set<string>;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** The date of an instant in a zone, `2026-11-24`. */
export function dateIn(zone: string, instant: string): string {
  const options = { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' } as const;
  const format = formats.get(zone) ?? new Intl.DateTimeFormat('en-CA', options);
  formats.set(zone, format);
  return format.format(new Date(instant));
}

/** The period of an instant: `all`, `2026-11-24`, `2026-W48` or `2026-11`. */
function periodOf(every: Every, zone: string, instant: string): string {
  if (every === null) return 'all';
  const date = dateIn(zone, instant);
  if (every === 'day') return date;
  return every === 'month' ? date.slice(0, 7) : weekOf(date);
}

/** A week belongs to the year of its Thursday, and is the first where that Thursday is within the first seven days. */
function weekOf(date: string): string {
  const day = new Date(`${date}T00:00:00Z`);
  const thursday = new Date(day.getTime() + (4 - (day.getUTCDay() || 7)) * 86_400_000);
  const dayOfYear = (thursday.getTime() - Date.UTC(thursday.getUTCFullYear(), 0, 1)) / 86_400_000;
  return `${thursday.getUTCFullYear()}-W${String(Math.floor(dayOfYear / 7) + 1).padStart(2, '0')}`;
}

/** A player's life: all of their events that count, from the first to the last. */
export function live(world: ModelWorld, zone: string, events: readonly ModelEvent[]): ModelPlayer {
  const player: ModelPlayer = {
    balances: new Map(),
    progress: new Map(),
    days: new Map(),
    scores: new Map(),
    paid: new Map(),
    counted: new Map(),
    limited: new Set(),
  };
  const inTime = [...events].sort((a, b) =>
    a.occurredAt === b.occurredAt ? (a.id < b.id ? -1 : 1) : a.occurredAt < b.occurredAt ? -1 : 1,
  );
  for (const event of inTime) happen(world, zone, player, event);
  return player;
}

function happen(world: ModelWorld, zone: string, player: ModelPlayer, event: ModelEvent): void {
  // Whatever an event brings about, conditions see the player from before it.
  const before = new Map(player.balances);
  const holds = (condition: ModelCondition | null) => condition === null || condition.holds(event, before, zone);
  const zoneOf = (given: string) => (given === 'user' ? zone : given);
  const pay = (name: string, rewards: readonly ModelReward[]) => {
    for (const { currency, amount } of rewards) {
      add(player.balances, currency, amount);
      add(player.paid, `${name} ${currency}`, amount);
    }
  };
  const payRules = (on: ModelRule['on'], what: string) => {
    const waiting = world.rules.filter((rule) => rule.on === on && (rule.what === null || rule.what === what));
    const firing = waiting.filter(({ condition }) => holds(condition));
    const always = firing.filter(({ mode }) => mode === 'always');
    for (const rule of always.length > 0 ? always : firing) pay(rule.id, rule.rewards);
  };

  const limits = world.limits.filter(({ activity }) => activity === event.activity);
  const counted = ({ every, zone: own }: ModelLimit) =>
    `${event.activity} ${own} ${periodOf(every, zoneOf(own), event.occurredAt)}`;
  const isOver = limits.some((limit) => (player.counted.get(counted(limit)) ?? 0) >= limit.count);
  if (isOver) player.limited.add(event.id);
  if (isOver) return;
  for (const limit of limits) add(player.counted, counted(limit), 1);
  payRules('event', event.activity);
  for (const mission of world.missions.filter(({ activity }) => activity === event.activity)) {
    const period = periodOf(mission.every, zoneOf(mission.zone), event.occurredAt);
    const added = mission.adds.of(event, before);
    const progress = player.progress.get(`${mission.id}:${period}`);
    if (added <= 0 || (progress && progress.completedAt !== null) || !holds(mission.condition)) continue;
    const now = progress ?? { amount: 0, startedAt: event.occurredAt, completedAt: null };
    player.progress.set(`${mission.id}:${period}`, now);
    now.amount = Math.min(mission.target, now.amount + added);
    if (now.amount < mission.target) continue;
    now.completedAt = event.occurredAt;
    pay(`${mission.id}:${period}`, mission.rewards);
    payRules('missionCompleted', mission.id);
  }
  for (const streak of world.streaks.filter(({ activity }) => activity === event.activity)) {
    if (!holds(streak.condition)) continue;
    const days = player.days.get(streak.id) ?? new Set();
    player.days.set(streak.id, days.add(dateIn(zoneOf(streak.zone), event.occurredAt)));
  }
  for (const board of world.boards.filter(({ activity }) => activity === event.activity)) {
    const added = board.kind === 'count' ? 1 : event.value;
    if (added === 0 || !holds(board.condition)) continue;
    add(player.scores, `${board.id}:${periodOf(board.every, zoneOf(board.zone), event.occurredAt)}`, added);
  }
}

function add(sums: Map<string, number>, key: string, amount: number): void {
  sums.set(key, (sums.get(key) ?? 0) + amount);
}

/** How many days the longest stretch without a gap has, and the one that ends on a date or the day before. */
export function stretches(days: ReadonlySet<string>, today: string): { longest: number; current: number } {
  const number = (date: string) => Date.parse(`${date}T00:00:00Z`) / 86_400_000;
  const set = new Set([...days].map(number));
  const endingAt = (day: number): number => (set.has(day) ? 1 + endingAt(day - 1) : 0);
  const now = number(today);
  return {
    longest: Math.max(0, ...[...set].map(endingAt)),
    current: set.has(now) ? endingAt(now) : endingAt(now - 1),
  };
}
