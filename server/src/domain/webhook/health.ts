import type { Ending } from './attempt.ts';

/** How long nothing may have worked before a webhook is disabled, in milliseconds. */
export const DISABLED_AFTER = 3 * 24 * 60 * 60 * 1000;

/** How a webhook is after an attempt. */
export interface Health {
  /** Since when nothing has worked, milliseconds since 1970. */
  readonly failingSince: number | null;
  readonly disabled: boolean;
}

/** Decides how a webhook is: one success forgives all; three days without one, or an answer that it is gone, end it. */
export function healthAfter(failingSince: number | null, ending: Ending, now: number): Health {
  if (ending === 'delivered') return { failingSince: null, disabled: false };
  const since = failingSince ?? now;
  return { failingSince: since, disabled: ending === 'final' || now - since >= DISABLED_AFTER };
}
