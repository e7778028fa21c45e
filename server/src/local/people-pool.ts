import { hashPassword } from '../identity/password.ts';
import type { PeoplePool } from '../ports/people-pool.ts';
import { createAccount, getAccountByEmail } from '../store/accounts.ts';
import { commit } from '../store/commit.ts';
import type { Table } from '../store/table.ts';

/** The central pool of a platform that runs by itself, over its table. */
export function embeddedPool(table: Table, newPersonId: () => string): PeoplePool {
  return {
    async personOf(email, { password }) {
      const known = await getAccountByEmail(table, email);
      if (known !== undefined) return known.id;
      const id = newPersonId();
      const passwordHash = password === undefined ? null : await hashPassword(password);
      const result = await commit(table, createAccount(table, { id, email, emailVerified: true, passwordHash }));
      if (result.kind === 'committed') return id;
      // Somebody with the same mailbox was quicker: it is theirs.
      const other = await getAccountByEmail(table, email);
      if (other === undefined) throw new Error('an account was neither there nor made');
      return other.id;
    },
  };
}
