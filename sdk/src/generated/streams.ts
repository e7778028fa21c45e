// Generated from the contract, do not edit; npm run generate.

import type { StreamOptions } from '../core/stream.ts';
import type * as types from './types.ts';

export const appStreams = {
  live: {
    subscribe: '/app/v1/live',
  },
} as const;

/** The streams of the app API. */
export interface AppStreams {
  readonly live: {
    /**
     * Hear what happens to me.
     * Server-sent events: each is one of my happenings as JSON, under an id. It ends after a minute, so that who asks is always known; connect again with the last id as `Last-Event-ID` and nothing is missed. `Last-Event-ID: 0` begins with the oldest that is kept (30 days); without it only what is new is told.
     *
     * `GET /app/v1/live`
     */
    subscribe(options?: StreamOptions): AsyncIterable<types.Happening>;
  };
}
