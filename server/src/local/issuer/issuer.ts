import type { KeyObject } from 'node:crypto';
import { EventEmitter } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import Provider, { errors } from 'oidc-provider';
import { matchesClientSecret } from '../../identity/client-secret.ts';
import { publicJwkOf } from '../../identity/jws.ts';
import { createAttempts } from '../../limits/attempts.ts';
import type { Mail } from '../../ports/mail.ts';
import type { RateLimiter } from '../../ports/rate-limit.ts';
import { clientAdapter, createAdapterFactory, secretHashesOf } from './adapter.ts';
import { configurationOf, contractScopes, RESOURCE, resourceServer } from './configuration.ts';
import { createEmailCodes } from './email-codes.ts';
import { interactions } from './interactions.ts';
import { noticePage, pageHeaders } from './pages.ts';
import type { Accounts, ConsoleClient, FindClient } from './people.ts';
import type { IssuerStore } from './store.ts';
import { tokenDoor } from './token-door.ts';

/** What an issuer is made from. */
export interface IssuerOptions {
  /** The `iss`, which is also where it is mounted: `http://127.0.0.1:8787/issuer`. */
  readonly issuer: string;
  readonly clients: FindClient;
  readonly accounts: Accounts;
  /** The console's client; without it nobody signs in, and only machines get tokens. */
  readonly console?: ConsoleClient;
  readonly store: IssuerStore;
  /** RSA private keys: the first signs, all are in the JWKS. */
  readonly keys: readonly [KeyObject, ...KeyObject[]];
  /** Signs the cookies; at least 32 random bytes as text, kept over restarts. */
  readonly cookiesSecret: string;
  /** Sends codes to sign in with; without it nobody is offered one. */
  readonly mail?: Mail | undefined;
  /** The present moment, in milliseconds since 1970, by the machine's own clock. */
  readonly now: () => number;
  /** Slows down whoever guesses. */
  readonly limiter: RateLimiter;
  /** Told what went wrong on our side; the caller only learns that something did. */
  readonly onError: (error: unknown) => void;
}

/**
 * The central user pool of a platform that runs by itself, in the place of Amazon Cognito: OAuth 2.0 and OpenID
 * Connect under the path of `issuer`, with `/token` (client credentials; authorization code with PKCE), `/auth`,
 * `/jwks` and `/.well-known/openid-configuration`.
 * @returns a handler of Node's http, for requests whose path is that of `issuer` or below it
 */
export async function createIssuer(
  options: IssuerOptions,
): Promise<(req: IncomingMessage, res: ServerResponse) => Promise<void>> {
  const { issuer, accounts, store, now, mail, onError, cookiesSecret: secret } = options;
  const { origin, pathname, protocol, host } = new URL(issuer);
  const clients = clientAdapter(options.clients, options.console, contractScopes);
  const provider = new Provider(
    issuer,
    configurationOf({
      adapter: createAdapterFactory(store, now, clients),
      accounts,
      store,
      console: options.console,
      jwks: { keys: await Promise.all(options.keys.map(signingJwkOf)) },
      cookiesSecret: options.cookiesSecret,
      mountPath: pathname,
      isSecure: protocol === 'https:',
      now,
    }),
  );
  provider.on('server_error', (_context, error) => options.onError(error));
  // Koa's own event, which oidc-provider's types leave out; unheard, it would print on stderr.
  EventEmitter.prototype.on.call(provider, 'error', options.onError);
  provider.proxy = true;
  provider.use((context, next) => {
    context.mountPath = pathname;
    return next();
  });
  compareHashedSecrets(provider);
  registerClientCredentials(provider);

  const answer = provider.callback();
  const attempts = createAttempts(options.limiter);
  const giveToken = tokenDoor(attempts, answer);
  const codes = mail && createEmailCodes({ store, now, secret, mail, onError, attempts });
  const interact = interactions({ provider, accounts, store, now, origin, codes, attempts });
  return async (req, res) => {
    const url = req.url ?? '/';
    if (!url.startsWith(`${pathname}/`)) return notFound(res);
    if (!url.startsWith(`${pathname}/interaction/`)) {
      // Routes of oidc-provider begin where it is mounted. The links that it writes are made of what the issuer is
      // called, whatever host and protocol the request names.
      req.url = url.slice(pathname.length);
      Object.assign(req.headers, { host, 'x-forwarded-host': host, 'x-forwarded-proto': protocol.slice(0, -1) });
      return req.method === 'POST' && req.url === '/token' ? giveToken(req, res) : answer(req, res);
    }
    try {
      await interact(req, res);
    } catch (error) {
      options.onError(error);
      if (!res.headersSent) res.writeHead(500, pageHeaders());
      res.end(noticePage('Sign-in failed', 'Our fault. Go back to the console and try again.'));
    }
  };
}

function notFound(res: ServerResponse): void {
  res.writeHead(404, pageHeaders()).end(noticePage('Not found', 'There is nothing here.'));
}

async function signingJwkOf(key: KeyObject): Promise<Record<string, unknown>> {
  return { ...key.export({ format: 'jwk' }), ...(await publicJwkOf(key)) };
}

/** Secrets are stored hashed, so what a client sends is hashed before it is compared. */
function compareHashedSecrets(provider: Provider): void {
  provider.Client.prototype.compareClientSecret = function (actual) {
    return matchesClientSecret(actual, secretHashesOf(this.clientSecret));
  };
}

/**
 * Client credentials (RFC 6749, 4.4) with the two rules that oidc-provider leaves open: a scope that the client lacks
 * is an error even where it is not a scope at all, and no `scope` means all that the client has (3.3).
 */
function registerClientCredentials(provider: Provider): void {
  const { ClientCredentials, ResourceServer } = provider;
  provider.registerGrantType<{ scope?: string; resource?: string }>(
    'client_credentials',
    async (context) => {
      const { client, params } = context.oidc;
      if (params.resource !== undefined && params.resource !== RESOURCE) throw new errors.InvalidTarget();
      const owned = new Set((client.scope ?? '').split(' ').filter(Boolean));
      const asked = params.scope === undefined ? owned : new Set(params.scope.split(' '));
      for (const scope of asked) {
        if (!owned.has(scope))
          throw new errors.InvalidScope('the client does not have a scope that it asks for', scope);
      }
      const token = new ClientCredentials({ client, scope: [...asked].join(' ') });
      token.resourceServer = new ResourceServer(RESOURCE, { ...resourceServer });
      context.oidc.entity('ClientCredentials', token);
      const accessToken = await token.save();
      context.body = {
        access_token: accessToken,
        expires_in: token.expiration,
        token_type: 'Bearer',
        scope: token.scope,
      };
    },
    ['scope', 'resource'],
  );
}
