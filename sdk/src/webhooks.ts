import { LaurelError, UsageError } from './core/errors.ts';
import type { Happening } from './generated/types.ts';

export { LaurelError, UsageError } from './core/errors.ts';
export type * from './generated/types.ts';

/** Why a webhook is not to be believed. */
export type WebhookErrorCode = 'missing_header' | 'outside_tolerance' | 'wrong_signature' | 'not_json';

/** A request that is no webhook of yours. Answer it with 400, and do nothing else. */
export class WebhookError extends LaurelError {
  override name = 'WebhookError';
  declare readonly code: WebhookErrorCode;
}

/** The headers of a request: a `Headers`, or an object such as that of Node or Express. */
export type WebhookHeaders = Headers | Readonly<Record<string, string | readonly string[] | undefined>>;

/** How to verify. */
export interface VerifyOptions {
  /** How far the sender's clock may be from this one, in seconds. 300 where it is missing. */
  readonly toleranceSeconds?: number | undefined;
  /** The moment to verify at, in milliseconds since 1970: now where it is missing. */
  readonly now?: number | undefined;
}

const encoder = new TextEncoder();
/** While a secret is rotated there are two; more than this nobody has to look at. */
const MOST_SIGNATURES = 8;

function refused(code: WebhookErrorCode, message: string): WebhookError {
  return new WebhookError(message, { code });
}

function headerIn(headers: WebhookHeaders, name: string): string {
  const value = headers instanceof Headers ? headers.get(name) : headers[name];
  if (typeof value === 'string' && value) return value;
  throw refused('missing_header', `There is no ${name}.`);
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
  } catch {
    // The caller says what is wrong with it: a signature is one of several, a secret is the caller's own.
    return undefined;
  }
}

async function keyOf(secret: string): Promise<CryptoKey> {
  const bytes = secret.startsWith('whsec_') ? bytesOf(secret.slice(6)) : undefined;
  if (!bytes?.length) throw new UsageError('The secret must be what Laurel showed: whsec_, then base64.');
  return crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign', 'verify']);
}

function signedBytes(id: string, timestamp: string, payload: string | Uint8Array): Uint8Array<ArrayBuffer> {
  const head = encoder.encode(`${id}.${timestamp}.`);
  const body = typeof payload === 'string' ? encoder.encode(payload) : payload;
  const all = new Uint8Array(head.length + body.length);
  all.set(head);
  all.set(body, head.length);
  return all;
}

/**
 * Verifies a webhook by Standard Webhooks, and gives what it tells. Signatures are compared in constant time, by Web
 * Crypto. The same happening may be told twice: its `id` is the same then.
 *
 * @param payload the body just as it came: JSON that was parsed and written again is signed otherwise
 * @param secret the endpoint's; several while it is rotated
 * @throws WebhookError with a `code` for what is not to be believed, UsageError for a secret that is none
 *
 * @example
 * const happening = await verify(await request.text(), request.headers, process.env.LAUREL_WEBHOOK_SECRET);
 * if (happening.type === 'mission.completed') congratulate(happening.userId, happening.data.mission);
 */
export async function verify(
  payload: string | Uint8Array,
  headers: WebhookHeaders,
  secret: string | readonly string[],
  { toleranceSeconds = 300, now = Date.now() }: VerifyOptions = {},
): Promise<Happening> {
  const id = headerIn(headers, 'webhook-id');
  const timestamp = headerIn(headers, 'webhook-timestamp');
  const signatures = headerIn(headers, 'webhook-signature').split(' ', MOST_SIGNATURES);
  const away = Math.abs(now / 1000 - Number(timestamp));
  if (!(/^\d+$/.test(timestamp) && away <= toleranceSeconds)) {
    throw refused('outside_tolerance', 'It was sent too long ago, or the clocks differ.');
  }
  const keys = await Promise.all([secret].flat().map(keyOf));
  const signed = signedBytes(id, timestamp, payload);
  const given = signatures.flatMap((text) => (text.startsWith('v1,') ? (bytesOf(text.slice(3)) ?? []) : []));
  const checks = keys.flatMap((key) => given.map((signature) => crypto.subtle.verify('HMAC', key, signature, signed)));
  if (!(await Promise.all(checks)).includes(true)) throw refused('wrong_signature', 'It is signed by somebody else.');
  try {
    return JSON.parse(typeof payload === 'string' ? payload : new TextDecoder().decode(payload));
  } catch (cause) {
    throw new WebhookError('It is no JSON.', { code: 'not_json', cause });
  }
}

/**
 * Signs a happening as Laurel does, for tests of your endpoint.
 * @returns what to send: the body, and its headers
 *
 * @example
 * const { payload, headers } = await signForTest({ type: 'webhook.test', ...rest }, secret);
 * const response = await handler(new Request(url, { method: 'POST', body: payload, headers }));
 */
export async function signForTest(
  happening: Happening,
  secret: string,
  { id = happening.id, now = Date.now() }: { readonly id?: string; readonly now?: number } = {},
): Promise<{
  readonly payload: string;
  readonly headers: Record<'webhook-id' | 'webhook-timestamp' | 'webhook-signature', string>;
}> {
  const payload = JSON.stringify(happening);
  const timestamp = String(Math.floor(now / 1000));
  const signature = await crypto.subtle.sign('HMAC', await keyOf(secret), signedBytes(id, timestamp, payload));
  const base64 = btoa(String.fromCharCode(...new Uint8Array(signature)));
  return {
    payload,
    headers: { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${base64}` },
  };
}
