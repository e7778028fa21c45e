import { clientClass } from './core/client-class.ts';
import { clientOf } from './core/operation.ts';
import type { ConnectionOptions, TokenAuth } from './core/options.ts';
import { givenTokens } from './core/token.ts';
import { type Tracking, trackingOf } from './core/tracker.ts';
import { transport } from './core/transport.ts';
import type { AppClient } from './generated/clients.ts';
import { app } from './generated/operations.ts';

export type { Tracking } from './core/tracker.ts';
export * from './public.ts';

/** How a player's client reaches Laurel. */
export interface LaurelOptions extends ConnectionOptions {
  /** The player's own access token. */
  readonly auth: TokenAuth;
}

const Client = /* @__PURE__ */ clientClass((options: LaurelOptions) =>
  clientOf<AppClient>('app', app, transport(options, givenTokens(options.auth))),
);

/**
 * Laurel for a player's client, in browsers and in Node. Throws a `UsageError` if the base URL is not one.
 *
 * @example
 * const laurel = new Laurel({ baseUrl: 'https://acme.eu.api.example.com', auth: { token } });
 * const { effects } = await laurel.events.track({ activity: 'lesson.completed' });
 */
export class Laurel extends Client {}

const Tracker = /* @__PURE__ */ clientClass(
  (options: LaurelOptions): Tracking => trackingOf(transport(options, givenTokens(options.auth))),
);

/**
 * The same as `laurel.events.track` and `trackBatch`, for a page that tracks events and does nothing else: what it loads
 * is less by a sixth.
 *
 * @example
 * const events = new LaurelTracker({ baseUrl, auth: { getToken } });
 * await events.track({ activity: 'lesson.completed' });
 */
export class LaurelTracker extends Tracker {}
