import { setTimeout } from 'node:timers/promises';

/** How often something is tried that others, at the same moment, kept from being written. */
export const ATTEMPTS = 100;

/** The longest wait between two tries, in milliseconds. */
const MOST_MS = 500;

/**
 * Waits before another try, longer after each, so that those who lost together do not meet again.
 * @param took how long the try took, in milliseconds: where the machine or the table is slow, a wait that is short beside
 *   it would leave all in each other's way
 */
export async function backOff(attempt: number, took = 0): Promise<void> {
  const most = Math.max(Math.min(attempt, 50), took * Math.min(attempt, 4));
  await setTimeout(Math.random() * Math.min(most, MOST_MS));
}
