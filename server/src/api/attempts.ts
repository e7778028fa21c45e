import { setTimeout } from 'node:timers/promises';

/** How often something is tried that others, at the same moment, kept from being written. */
export const ATTEMPTS = 100;

/** Waits before another try, longer after each, so that those who lost together do not meet again. */
export async function backOff(attempt: number): Promise<void> {
  await setTimeout(Math.random() * Math.min(attempt, 50));
}
