import { type ClientRequest, Agent as HttpAgent, type IncomingMessage, request as requestHttp } from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { addressesOf, checkedDestination, DestinationError, type DestinationRules } from './destination.ts';

/** How long one attempt may take, looking up the name included, in milliseconds. */
const PATIENCE = 15_000;
/** The most bytes that the head of an answer may have. */
const MAX_HEAD = 16 * 1024;

/** What to send. */
export interface Parcel {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** How often it was tried before: a host with several addresses is tried at one after the other. */
  readonly tries: number;
}

/** How sending ended. */
export type Sent =
  | { readonly kind: 'answered'; readonly status: number }
  | { readonly kind: 'timed_out' | 'connection_failed' | 'destination_not_allowed' };

/** Sends a parcel once; never throws. */
export type Send = (parcel: Parcel) => Promise<Sent>;

/** Answers with the one address that was checked, whatever is asked. */
export function pinnedTo(address: string): LookupFunction {
  const family = isIP(address);
  return (_hostname, options, callback) => {
    if (options.all === true) callback(null, [{ address, family }]);
    else callback(null, address, family);
  };
}

/** Posts to one address, and takes no more of the answer than its status: whatever follows the head is never read. */
function post(url: URL, address: string, { headers, body }: Parcel, signal: AbortSignal): Promise<number> {
  const answered = Promise.withResolvers<number>();
  const options = {
    method: 'POST',
    // No agent of the process: a connection that is kept could lead to what was checked for another.
    agent: url.protocol === 'https:' ? new HttpsAgent({ keepAlive: false }) : new HttpAgent({ keepAlive: false }),
    lookup: pinnedTo(address),
    headers: {
      ...headers,
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(body)),
      'user-agent': 'Laurel-Webhooks/1',
    },
    maxHeaderSize: MAX_HEAD,
    signal,
  };
  const onResponse = (response: IncomingMessage): void => {
    answered.resolve(response.statusCode ?? 0);
    response.destroy();
  };
  const sent: ClientRequest =
    url.protocol === 'https:' ? requestHttps(url, options, onResponse) : requestHttp(url, options, onResponse);
  sent.once('error', answered.reject);
  sent.end(body);
  return answered.promise;
}

/**
 * Makes what sends deliveries. The name is looked up once, every address that it has is checked, and the connection goes
 * to one of those; there is no second look-up that could come out differently. Redirects are answers like any other.
 */
export function createSender(rules: DestinationRules, patience = PATIENCE): Send {
  return async (parcel) => {
    const clock = new AbortController();
    const late = Promise.withResolvers<never>();
    const timer = setTimeout(() => {
      clock.abort();
      late.reject(new Error('too late'));
    }, patience);
    try {
      const url = checkedDestination(parcel.url, rules);
      const addresses = await Promise.race([addressesOf(url, rules), late.promise]);
      const address = addresses[parcel.tries % addresses.length] ?? '';
      return { kind: 'answered', status: await Promise.race([post(url, address, parcel, clock.signal), late.promise]) };
    } catch (error) {
      if (error instanceof DestinationError) return { kind: 'destination_not_allowed' };
      return { kind: clock.signal.aborted ? 'timed_out' : 'connection_failed' };
    } finally {
      clearTimeout(timer);
    }
  };
}
