import { lookup } from 'node:dns/promises';
import type { Resolve } from './destination.ts';

/** How long an address book may take, in milliseconds. */
const PATIENCE = 3000;

/** Asks the machine's own resolver. */
export const systemResolve: Resolve = async (hostname) => {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error('the host name was not resolved in time')), PATIENCE);
  try {
    const found = await Promise.race([lookup(hostname, { all: true }), late.promise]);
    return found.map(({ address }) => address);
  } finally {
    clearTimeout(timer);
  }
};
