import { clientClass } from './core/client-class.ts';
import type { ConnectionOptions, TokenAuth } from './core/options.ts';
import { streamsOf } from './core/stream.ts';
import { givenTokens } from './core/token.ts';
import { type AppStreams, appStreams } from './generated/streams.ts';

export type { StreamOptions } from './core/stream.ts';
export type { AppStreams } from './generated/streams.ts';
export * from './public.ts';

/** How a player's client listens to Laurel. */
export interface LaurelLiveOptions extends Pick<ConnectionOptions, 'baseUrl' | 'fetch'> {
  /** The player's own access token, or a machine's that acts for one. */
  readonly auth: TokenAuth;
}

const Client = /* @__PURE__ */ clientClass((options: LaurelLiveOptions) =>
  streamsOf<AppStreams>(appStreams, options, givenTokens(options.auth)),
);

/**
 * What happens to a player, as it happens. An entry of its own, so that whoever does not listen does not load it.
 * Throws a `UsageError` if the base URL is not one.
 *
 * A loop over a subscription goes on for as long as you let it: it connects again by itself, after the last event.
 * It throws where trying again makes no sense, such as a `ProblemError` with the code `forbidden`.
 *
 * @example
 * const laurel = new LaurelLive({ baseUrl: 'https://acme.eu.api.example.com', auth: { getToken } });
 * for await (const happening of laurel.live.subscribe({ signal })) {
 *   if (happening.type === 'mission.completed') celebrate(happening.data.mission);
 * }
 */
export class LaurelLive extends Client {}
