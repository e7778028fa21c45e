import type { AnswerFacts } from './errors.ts';

/** What every call can be given. */
export interface CallOptions {
  /** Ends the call with an `AbortError`. */
  readonly signal?: AbortSignal | undefined;
  /** How long one attempt may take, in milliseconds: until the whole answer is there. 10 000 where it is missing. */
  readonly timeoutMs?: number | undefined;
  /** Lets the call outlive the page that makes it; browsers then take bodies of 64 KiB at most. */
  readonly keepalive?: boolean | undefined;
  /** More headers. Those that the SDK sets itself cannot be replaced. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Told of each attempt of this call: its status, the headers of its answer, and its request id. */
  readonly onAttempt?: ((attempt: Attempt) => void) | undefined;
}

/** What a call can be given that takes an Idempotency-Key. */
export interface KeyedOptions extends CallOptions {
  /**
   * Your own key, so that the call counts once even over a restart of your process. The SDK makes one for each call
   * where it is missing, and keeps it over its retries.
   */
  readonly idempotencyKey?: string | undefined;
}

/** What a call must be given that changes something which was read before. */
export interface ConditionalOptions extends CallOptions {
  /**
   * What you read: the resource itself, or the number in its ETag (a definition's `revision`, else `version`). If somebody changed it since, the call is refused with
   * `version_mismatch` and nobody is overwritten.
   */
  readonly ifMatch: number | { readonly version: number; readonly revision?: number };
}

/** A call that is about to be sent. */
export interface OutgoingCall {
  readonly method: string;
  readonly url: string;
  /** All headers but the token's: set more here, such as `traceparent`. */
  readonly headers: Headers;
}

/** How one attempt of a call ended: with an answer, and what it said of itself, or with an error. */
export interface Attempt extends Partial<AnswerFacts> {
  readonly method: string;
  readonly url: string;
  /** 1 for the first. */
  readonly attempt: number;
  /** How long it took, in milliseconds. */
  readonly ms: number;
  /** The headers of the answer. */
  readonly headers?: Headers;
  /** A `ConnectionError`, a `TimeoutError` or an `AnswerTooLargeError`; undefined where there was a whole answer. */
  readonly error: unknown;
}

/** Functions of yours that are told of each call. What they throw ends the call. No token gets to them. */
export interface Hooks {
  /** Before a call is sent; its retries send the same. */
  readonly onRequest?: ((call: OutgoingCall) => void) | undefined;
  /** After each attempt. */
  readonly onAttempt?: ((attempt: Attempt) => void) | undefined;
}

/** How an SDK's calls are sent. */
export interface ConnectionOptions {
  /** The tenant's base URL: `https://acme.eu.api.example.com`, or `http://127.0.0.1:8787/acme` locally. */
  readonly baseUrl: string;
  /** How long one attempt may take, in milliseconds. 10 000 where it is missing. */
  readonly timeoutMs?: number | undefined;
  /** How often a call that may be repeated is tried again. 2 where it is missing; 0 for never. */
  readonly maxRetries?: number | undefined;
  /** What sends the requests, instead of the runtime's own `fetch`. */
  readonly fetch?: typeof globalThis.fetch | undefined;
  /** Told of each call: for traces, measures and logs (`logTo`). */
  readonly hooks?: Hooks | undefined;
}

/** An access token, or where to get one. */
export type TokenAuth =
  | {
      /** An access token. */
      readonly token: string;
    }
  | {
      /**
       * Called before each request: keep the token yourself until it expires. `refused` is true if the API has just
       * refused the token that you gave, so that you must get a fresh one.
       */
      readonly getToken: (why: { readonly refused: boolean }) => string | Promise<string>;
    };
