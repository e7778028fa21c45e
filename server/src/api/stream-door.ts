import { hash } from 'node:crypto';
import type { Limit } from '../ports/rate-limit.ts';
import { scopeOf, textKeyOf } from '../store/scope.ts';
import type { Admission } from './admission.ts';
import type { Platform } from './platform.ts';
import { ProblemError } from './problem.ts';

/** How many streams one process has open at most. */
const MOST_STREAMS = 10_000;

/**
 * How many may be open for one player or machine, over all processes. A place that was never given back, since its process
 * was ended, comes back in half a minute: sooner than streams that last a minute are opened again.
 */
const EACH: Limit = { quota: 20, window: 600 };

/** Lets a stream in, and answers with what is called when it ends. */
export type StreamDoor = (admission: Admission) => Promise<() => void>;

/** Whom a stream is counted for: the player whom it is about. */
function nameOf({ principal, player }: Admission): string {
  const { tenant, workspace, kind, subject } = principal;
  return JSON.stringify([tenant, workspace, player ?? { kind, subject }]);
}

/**
 * Counts who has how many streams open. Where callers are limited, it is counted for all processes together: on AWS each
 * function has a single stream open, so that none of them would ever see a second one.
 */
export function createStreamDoor({ limits, logger }: Pick<Platform, 'limits' | 'logger'>): StreamDoor {
  const open = new Map<string, number>();
  let all = 0;

  function enterHere(whom: string): () => void {
    const own = open.get(whom) ?? 0;
    if (own >= EACH.quota) throw tooMany();
    if (all >= MOST_STREAMS) throw new ProblemError('unavailable', undefined, { headers: { 'retry-after': '5' } });
    open.set(whom, own + 1);
    all += 1;
    return () => {
      all -= 1;
      const left = (open.get(whom) ?? 1) - 1;
      if (left === 0) open.delete(whom);
      else open.set(whom, left);
    };
  }

  /** Takes a place among those of all processes, and answers with how it is given back. */
  async function enterAll({ principal }: Admission, whom: string): Promise<() => Promise<void>> {
    if ((await limits.of(principal.tenant)) === undefined) return async () => undefined;
    // What a tenant calls a player is not written down as it is.
    const key = textKeyOf(scopeOf(principal), ['LIMIT', 'streams', hash('sha256', whom, 'base64url')]);
    const places = [{ key, limit: EACH }];
    if (!(await limits.limiter.take(places)).allowed) throw tooMany();
    return () => limits.limiter.putBack(places);
  }

  return async (admission) => {
    const whom = nameOf(admission);
    const leaveHere = enterHere(whom);
    const leaveAll = await enterAll(admission, whom).catch((error: unknown) => {
      leaveHere();
      throw error;
    });
    let isIn = true;
    return () => {
      if (!isIn) return;
      isIn = false;
      leaveHere();
      leaveAll().catch((error: unknown) => logger.error('a place of a stream is lost', { error: String(error) }));
    };
  };
}

function tooMany(): ProblemError {
  return new ProblemError('rate_limited', `At most ${EACH.quota} streams may be open for one player.`, {
    headers: { 'retry-after': '5' },
  });
}
