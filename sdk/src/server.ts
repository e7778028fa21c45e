import { refuseBrowsers } from './core/backend-only.ts';
import { clientClass } from './core/client-class.ts';
import { type ClientCredentials, credentialTokens } from './core/credentials.ts';
import { csvFetch } from './core/csv.ts';
import { UsageError } from './core/errors.ts';
import type { FixedHeaders } from './core/headers.ts';
import { isObject } from './core/object.ts';
import { clientOf } from './core/operation.ts';
import type { ConnectionOptions, TokenAuth } from './core/options.ts';
import { givenTokens } from './core/token.ts';
import { transport } from './core/transport.ts';
import type { AppClient, DashboardClient, PlatformClient } from './generated/clients.ts';
import { app, dashboard, platform } from './generated/operations.ts';

export type { ClientCredentials } from './core/credentials.ts';
export { wholeReport } from './core/report.ts';
export type { DashboardClient, PlatformClient } from './generated/clients.ts';
export * from './public.ts';

/** How a backend reaches Laurel. */
export interface LaurelOptions extends ConnectionOptions {
  /** The credential of an API client, or a token that you have or get yourself. */
  readonly auth: ClientCredentials | TokenAuth;
  /**
   * Lets this client be made where there is a page. A secret that a page loads is everybody's: this is for tests in
   * such as jsdom, and for pages that nobody but you opens.
   */
  readonly dangerouslyAllowBrowser?: boolean | undefined;
}

/** The player that a machine acts for: by Laurel's id, or by yours. */
export type Subject =
  | { readonly userId: string; readonly externalUserId?: never }
  | { readonly externalUserId: string; readonly userId?: never };

/** Exactly one header says whom a machine acts for; the other is kept out even if a call's own headers have it. */
function subjectHeaders({ userId, externalUserId }: Subject): FixedHeaders {
  if (Boolean(userId) === Boolean(externalUserId)) {
    throw new UsageError('Act for exactly one player: give userId or externalUserId.');
  }
  return { 'x-user-id': userId, 'x-external-user-id': externalUserId };
}

type Reports = DashboardClient['analytics'];

/** The reports of analytics by the same names, each as the text of a CSV file with a line of names. */
export type CsvReports = { readonly [Name in keyof Reports]: (...call: Parameters<Reports[Name]>) => Promise<string> };

/** The dashboard's operations, and what else a backend has. */
export interface ServerClient extends DashboardClient {
  /** Tenants and workspaces, for whoever runs the platform and for owners of a tenant. */
  readonly platform: PlatformClient;
  /**
   * Reports as CSV.
   *
   * @example
   * const csv = await laurel.csv.analytics.overview({ from: '2026-11-01', to: '2026-11-30' });
   */
  readonly csv: { readonly analytics: CsvReports };
  /** The app API as this player, who is named in a header. All clients of one `Laurel` share its token. */
  as(subject: Subject): AppClient;
}

const Client = /* @__PURE__ */ clientClass((options: LaurelOptions): ServerClient => {
  const { auth } = options;
  if (!options.dangerouslyAllowBrowser) refuseBrowsers();
  const tokens = isObject(auth) && 'clientSecret' in auth ? credentialTokens(auth, options) : givenTokens(auth);
  const send = transport(options, tokens);
  return {
    ...clientOf<DashboardClient>('dashboard', dashboard, send),
    csv: clientOf<ServerClient['csv']>(
      'dashboard',
      { analytics: dashboard.analytics },
      transport({ ...options, fetch: csvFetch(options.fetch) }, tokens, { accept: 'text/csv' }),
    ),
    platform: clientOf<PlatformClient>('platform', platform, send),
    as: (subject) => clientOf<AppClient>('app', app, transport(options, tokens, subjectHeaders(subject))),
  };
});

/**
 * Laurel for a backend: the dashboard's operations, the platform's under `platform`, and a player's by `as`. Throws a
 * `UsageError` if the base URL or the token endpoint is not a URL, and on a page of a browser: the secret would be in
 * what it loads.
 *
 * @example
 * const laurel = new Laurel({ baseUrl, auth: { clientId, clientSecret, tokenEndpoint } });
 * await laurel.events.track({ externalUserId: 'player-7', activity: 'lesson.completed' });
 * const wallets = await laurel.as({ externalUserId: 'player-7' }).wallets.list();
 */
export class Laurel extends Client {}
