import { monthOf } from '../../domain/people/usage.ts';
import type { Usage } from '../../store/usage.ts';
import type { CallContext } from '../call.ts';
import { ProblemError } from '../problem.ts';

/** What is left of one thing that a plan limits. */
export interface Room {
  /** Takes some of it. @returns how much there was of what was asked for */
  take(count: number): number;
  /** Gives back what was taken and not used. */
  giveBack(count: number): void;
  left(): number;
  /** Why nothing more is given. */
  refusal(): ProblemError;
}

/** What is left of what a plan limits by measure. */
export interface Rooms {
  readonly players: Room;
  readonly events: Room;
}

interface Taken {
  players: number;
  events: number;
}

/** What this process took since a count was read: until the next one is, that has to be added to it. */
const takenSince = new WeakMap<Usage, Taken>();

/** What rooms are made of. */
interface RoomParts {
  readonly limit: number;
  readonly used: number;
  readonly taken: Taken;
  readonly kind: keyof Usage;
  readonly refusal: string;
}

function createRoom({ limit, used, taken, kind, refusal }: RoomParts): Room {
  const left = () => Math.max(0, limit - used - taken[kind]);
  return {
    take(count) {
      const given = Math.min(count, left());
      taken[kind] += given;
      return given;
    },
    giveBack(count) {
      taken[kind] -= count;
    },
    left,
    refusal: () => new ProblemError('plan_limit_reached', refusal),
  };
}

/**
 * What is left to a tenant by its plan. What was counted is as old as the cache keeps it, so what other processes took
 * meanwhile is not seen; what this one took is.
 * @param dryRun whether what is taken is only supposed to be
 */
export async function roomsOf(
  {
    platform,
    scope,
    realNow,
  }: Pick<CallContext, 'scope' | 'realNow'> & {
    readonly platform: Pick<CallContext['platform'], 'known' | 'usage'>;
  },
  dryRun = false,
): Promise<Rooms> {
  const month = monthOf(realNow);
  const { tenant } = scope;
  const [allowance, usage] = await Promise.all([platform.known.allowance(tenant), platform.usage(tenant, month)]);
  if (allowance === undefined || usage === undefined)
    throw new Error('a tenant has a plan, and uses some of it or none');
  const since = takenSince.get(usage) ?? { players: 0, events: 0 };
  if (!takenSince.has(usage)) takenSince.set(usage, since);
  const taken = dryRun ? { ...since } : since;
  const roomFor = (kind: keyof Usage, refusal: string) =>
    createRoom({ limit: allowance[kind], used: usage[kind], taken, kind, refusal });
  return {
    players: roomFor('players', `The plan allows ${allowance.players} players, and there are as many.`),
    events: roomFor('events', `The plan allows ${allowance.events} events in a month of UTC: ${month} has had them.`),
  };
}
