import { createHmac, hkdfSync, randomBytes } from 'node:crypto';
import type { CellKeyring } from '../ports/cell-keyring.ts';
import type { ErasureList } from '../ports/erasure-list.ts';
import { type Alias, type Destroyed, OwnerErased, SEALED, type SealedAt, type Vault } from '../ports/vault.ts';
import type { Scope } from '../store/scope.ts';
import type { Table } from '../store/table.ts';
import {
  addAliasKey,
  addUserKey,
  addWorkspaceKey,
  aliasKeyOf,
  destroyedKeys,
  destroyUserKey,
  replaceAliasKey,
  type UserKeyRecord,
  userKeysOf,
  workspaceKeyOf,
} from '../store/user-keys.ts';
import { type CipherKey, decryptText, encryptText, importKey } from './cipher.ts';
import { keptKeys } from './kept-keys.ts';

/** How long a process knows a user's key after it was unwrapped, in milliseconds: as long as a token is let in. */
export const KEYS_KNOWN_FOR = 60_000;
/** How many keys of users a process knows at the most. */
const MOST_KEYS = 10_000;
/** How long the keys of workspaces are known: each time costs a call to KMS. */
const WORKSPACES_KNOWN_FOR = 5 * 60_000;
const MOST_WORKSPACES = 1000;

/** In the owner's place, where it is the workspace. */
const WORKSPACE = '@';

/** What a vault is made of. */
export interface VaultParts {
  /** The table of keys, which is never the one that they open. */
  readonly keys: Table;
  readonly cell: CellKeyring;
  /** Sees to it that nothing is left of what was destroyed, where the table keeps such things for a while. */
  readonly scrub?: () => void;
  /** Where each erasure is listed besides, before the key is destroyed. */
  readonly erasures?: ErasureList;
}

interface WorkspaceKeys {
  readonly cipher: CipherKey;
  readonly mac: Uint8Array;
}

/** What is made of a user's key: what seals, and what aliases are worked out by. */
interface OwnKey {
  readonly cipher: CipherKey;
  readonly alias: Uint8Array;
}

/** A user's key, or that there is none any more. */
type UserKey = OwnKey | 'destroyed';

const KEY_BYTES = 32;

async function ownKeyOf(bytes: Uint8Array): Promise<OwnKey> {
  const alias = new Uint8Array(hkdfSync('sha256', bytes, '', 'laurel alias', KEY_BYTES));
  return { cipher: await importKey(bytes), alias };
}

/** A vault over a table of keys. */
export function createVault({ keys, cell, scrub, erasures }: VaultParts): Vault {
  const workspaces = keptKeys<WorkspaceKeys>({ most: MOST_WORKSPACES, milliseconds: WORKSPACES_KNOWN_FOR });
  const users = keptKeys<UserKey>({ most: MOST_KEYS, milliseconds: KEYS_KNOWN_FOR });

  const loadWorkspace = async (scope: Scope): Promise<WorkspaceKeys> => {
    const context = { laurel: 'workspace', tenant: scope.tenant, workspace: scope.workspace };
    let wrapped = await workspaceKeyOf(keys, scope);
    if (wrapped === undefined) {
      const made = Buffer.from(await cell.wrap(randomBytes(2 * KEY_BYTES), context)).toString('base64');
      // Whoever was quicker has made it: there is one for each workspace, for ever.
      wrapped = (await addWorkspaceKey(keys, scope, made)) ? made : await workspaceKeyOf(keys, scope);
    }
    if (wrapped === undefined) throw new Error('the key of a workspace could be neither made nor read');
    const bytes = await cell.unwrap(Buffer.from(wrapped, 'base64'), context);
    return { cipher: await importKey(bytes.subarray(0, KEY_BYTES)), mac: Uint8Array.from(bytes.subarray(KEY_BYTES)) };
  };

  const workspaceKeys = (scope: Scope): Promise<WorkspaceKeys> => {
    const name = `${scope.tenant}/${scope.workspace}`;
    const known = workspaces.get(name);
    if (known !== undefined) return known;
    const loading = loadWorkspace(scope);
    workspaces.set(name, loading);
    return loading;
  };

  const macOf = async (scope: Scope, purpose: string, text: string) => {
    const { mac } = await workspaceKeys(scope);
    return createHmac('sha256', mac).update(`${purpose}\u0000${text}`).digest();
  };

  const nameOf = (scope: Scope, pseudonym: string) => `${scope.tenant}/${scope.workspace}/${pseudonym}`;
  const bindingOf = (scope: Scope, pseudonym: string, place: string) =>
    JSON.stringify([scope.tenant, scope.workspace, pseudonym, place]);
  const KEY_PLACE = 'key';

  const unwrapped = async (scope: Scope, pseudonym: string, record: UserKeyRecord): Promise<UserKey> => {
    if ('destroyed' in record) return 'destroyed';
    const { cipher } = await workspaceKeys(scope);
    return ownKeyOf(await decryptText(cipher, bindingOf(scope, pseudonym, KEY_PLACE), record.wrapped));
  };

  const makeKey = async (scope: Scope, pseudonym: string): Promise<UserKey> => {
    const { cipher } = await workspaceKeys(scope);
    const bytes = randomBytes(KEY_BYTES);
    const wrapped = await encryptText(cipher, bindingOf(scope, pseudonym, KEY_PLACE), bytes);
    if (await addUserKey(keys, scope, pseudonym, wrapped)) return ownKeyOf(bytes);
    const quicker = (await userKeysOf(keys, scope, [pseudonym])).get(pseudonym);
    if (quicker === undefined) throw new Error('the key of a user could be neither made nor read');
    return unwrapped(scope, pseudonym, quicker);
  };

  const keyToSeal = async (scope: Scope, pseudonym: string): Promise<UserKey> => {
    const name = nameOf(scope, pseudonym);
    const known = users.get(name);
    if (known !== undefined) return known;
    const loading = userKeysOf(keys, scope, [pseudonym]).then((found) => {
      const record = found.get(pseudonym);
      return record === undefined ? makeKey(scope, pseudonym) : unwrapped(scope, pseudonym, record);
    });
    users.set(name, loading);
    return loading;
  };

  /** Brings the keys of users into memory, many with one read. */
  const loadKeys = async (scope: Scope, pseudonyms: readonly string[]): Promise<Map<string, Promise<UserKey>>> => {
    const known = pseudonyms.map((pseudonym) => [pseudonym, users.get(nameOf(scope, pseudonym))] as const);
    const missing = known.flatMap(([pseudonym, key]) => (key === undefined ? [pseudonym] : []));
    const found = new Map(known.flatMap(([pseudonym, key]) => (key === undefined ? [] : [[pseudonym, key] as const])));
    if (missing.length === 0) return found;
    const records = await userKeysOf(keys, scope, missing);
    for (const pseudonym of missing) {
      const record = records.get(pseudonym);
      // Without this, data would seem to be erased that nobody has erased.
      if (record === undefined) throw new Error('the key of a user is missing from the table of keys');
      const loading = unwrapped(scope, pseudonym, record);
      users.set(nameOf(scope, pseudonym), loading);
      found.set(pseudonym, loading);
    }
    return found;
  };

  const pseudonymOf = async (scope: Scope, userId: string) =>
    (await macOf(scope, 'user', userId)).subarray(0, 16).toString('base64url');

  const openOne = async ({ scope, place, sealed }: SealedAt, keysOf: Map<string, Promise<UserKey>>) => {
    const { pseudonym, message } = partsOf(sealed);
    const key = pseudonym === WORKSPACE ? await workspaceKeys(scope) : await keysOf.get(nameOf(scope, pseudonym));
    if (key === undefined) throw new Error('a key was not loaded');
    if (key === 'destroyed') return undefined;
    return new TextDecoder().decode(await decryptText(key.cipher, bindingOf(scope, pseudonym, place), message));
  };

  const ALIASES_PLACE = 'aliases';

  const newAliasKey = async (scope: Scope) =>
    encryptText(
      (await workspaceKeys(scope)).cipher,
      bindingOf(scope, WORKSPACE, ALIASES_PLACE),
      randomBytes(KEY_BYTES),
    );

  /** Read anew each time: once it is renewed, the former is known to nobody. */
  const aliasKey = async (scope: Scope): Promise<Uint8Array> => {
    let wrapped = await aliasKeyOf(keys, scope);
    if (wrapped === undefined) {
      await addAliasKey(keys, scope, await newAliasKey(scope));
      wrapped = await aliasKeyOf(keys, scope);
    }
    if (wrapped === undefined) throw new Error('the key of aliases could be neither made nor read');
    return decryptText((await workspaceKeys(scope)).cipher, bindingOf(scope, WORKSPACE, ALIASES_PLACE), wrapped);
  };

  const aliasesOf = async (scope: Scope, userIds: readonly string[]): Promise<ReadonlyMap<string, Alias>> => {
    const shared = await aliasKey(scope);
    const ids = [...new Set(userIds)];
    const pseudonyms = await Promise.all(ids.map((id) => pseudonymOf(scope, id)));
    const loaded = await loadKeys(scope, pseudonyms);
    const all = ids.map(async (id, place) => [id, await loaded.get(pseudonyms[place] ?? '')] as const);
    return new Map(
      (await Promise.all(all)).flatMap(([id, key]) =>
        key === undefined || key === 'destroyed' ? [] : [[id, aliasBy(shared, key.alias)] as const],
      ),
    );
  };

  return {
    pseudonymOf,
    aliasesOf,
    async renewAliases(scope) {
      await replaceAliasKey(keys, scope, await newAliasKey(scope));
      scrub?.();
    },
    digestOf: async (scope, purpose, text) => (await macOf(scope, `digest ${purpose}`, text)).toString('base64url'),
    signatureOf: async (scope, purpose, text) =>
      (await macOf(scope, `signature ${purpose}`, text)).toString('base64url'),
    async seal({ scope, userId }, place, text) {
      const pseudonym = userId === null ? WORKSPACE : await pseudonymOf(scope, userId);
      const key = userId === null ? await workspaceKeys(scope) : await keyToSeal(scope, pseudonym);
      if (key === 'destroyed') throw new OwnerErased('the user was erased');
      const bytes = new TextEncoder().encode(text);
      return `${SEALED}${pseudonym}:${await encryptText(key.cipher, bindingOf(scope, pseudonym, place), bytes)}`;
    },
    async open(all) {
      const loaded = new Map<string, Promise<UserKey>>();
      const byWorkspace = Map.groupBy(all, ({ scope }) => `${scope.tenant}/${scope.workspace}`);
      for (const own of byWorkspace.values()) {
        const [first] = own;
        if (first === undefined) continue;
        const wanted = new Set(own.map(({ sealed }) => partsOf(sealed).pseudonym));
        wanted.delete(WORKSPACE);
        for (const [pseudonym, key] of await loadKeys(first.scope, [...wanted]))
          loaded.set(nameOf(first.scope, pseudonym), key);
      }
      return Promise.all(all.map((one) => openOne(one, loaded)));
    },
    async destroy(scope, destroyed) {
      const { tenant, workspace } = scope;
      await erasures?.add({ tenant, workspace, ...destroyed });
      await destroyUserKey(keys, scope, destroyed);
      users.forget(nameOf(scope, destroyed.pseudonym));
      scrub?.();
    },
    async isDestroyed(scope, pseudonym) {
      const record = (await userKeysOf(keys, scope, [pseudonym])).get(pseudonym);
      return record !== undefined && 'destroyed' in record;
    },
    destroyed: (scope): Promise<Destroyed[]> => destroyedKeys(keys, scope),
  };
}

/** An alias by the key of a workspace and that of a user. */
function aliasBy(shared: Uint8Array, own: Uint8Array): Alias {
  const of = (text: string) => {
    const mac = createHmac('sha256', shared).update(own).update(text).digest();
    return `psn_${mac.subarray(0, 16).toString('base64url')}`;
  };
  return { name: of(''), of };
}

function partsOf(sealed: string): { readonly pseudonym: string; readonly message: string } {
  const text = sealed.slice(SEALED.length);
  const colon = text.indexOf(':');
  return { pseudonym: text.slice(0, colon), message: text.slice(colon + 1) };
}
