import type { DatabaseSync } from 'node:sqlite';
import { text } from './database.ts';

/** How long a client request token makes a transaction idempotent, in milliseconds. */
const TOKEN_LIFETIME = 10 * 60 * 1000;

/** Remembers which transactions were committed under which client request token. */
export interface TokenStore {
  /** The digest of the transaction that was committed under this token, while it is valid. */
  find(token: string): string | undefined;
  keep(token: string, digest: string): void;
  /** Removes the tokens that are no longer valid. */
  trim(): void;
}

export function openTokenStore(database: DatabaseSync, now: () => number): TokenStore {
  const select = database.prepare('SELECT digest FROM client_token WHERE token = ? AND at > ?');
  const insert = database.prepare('INSERT OR REPLACE INTO client_token (token, at, digest) VALUES (?, ?, ?)');
  const trim = database.prepare('DELETE FROM client_token WHERE at <= ?');
  let trimmedAt = now();

  function trimAll(): void {
    trimmedAt = now();
    trim.run(trimmedAt - TOKEN_LIFETIME);
  }

  return {
    find(token) {
      const row = select.get(token, now() - TOKEN_LIFETIME);
      return row === undefined ? undefined : text(row.digest);
    },
    keep(token, digest) {
      if (now() - trimmedAt > TOKEN_LIFETIME) trimAll();
      insert.run(token, now(), digest);
    },
    trim: trimAll,
  };
}
