import { putNew, type Write } from './commit.ts';
import { type Key, keyOf, platformScope } from './scope.ts';
import { getItem, recordOf, type Table } from './table.ts';

/** Somebody of the central pool, on a platform that runs by itself; on AWS the pool is Cognito's. */
export interface AccountRecord {
  /** The `sub`: the same in all tenants. */
  readonly id: string;
  /** In lower case. */
  readonly email: string;
  /** Whether the mailbox has proven to be theirs. */
  readonly emailVerified: boolean;
  /** Null for somebody who has no password. */
  readonly passwordHash: string | null;
}

function emailKey(email: string): Key {
  return keyOf(platformScope(), ['ACCOUNT', email.toLowerCase()], ['ACCOUNT']);
}

function idKey(id: string): Key {
  return keyOf(platformScope(), ['ACCOUNT-ID', id], ['ACCOUNT']);
}

/** Opens an account; one e-mail address, one person. */
export function createAccount(table: Table, record: AccountRecord): Write[] {
  return [
    { item: putNew(table, { ...emailKey(record.email), record }), refusal: 'already_exists' },
    { item: putNew(table, { ...idKey(record.id), record: { email: record.email } }), refusal: 'already_exists' },
  ];
}

/** Reads the account of an e-mail address, in whatever case. */
export async function getAccountByEmail(table: Table, email: string): Promise<AccountRecord | undefined> {
  const item = await getItem(table, emailKey(email));
  return item && recordOf<AccountRecord>(item);
}

/** Reads the account of a person. */
export async function getAccount(table: Table, id: string): Promise<AccountRecord | undefined> {
  const item = await getItem(table, idKey(id));
  return item && getAccountByEmail(table, recordOf<{ email: string }>(item).email);
}
