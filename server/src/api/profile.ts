import { createHash } from 'node:crypto';
import type { User, UserCreate, UserUpdate } from '@laurel/contract/users/schema';
import { changedAttributes } from './user-attributes.ts';

/** What others see of a player without a name of their own: never an id or a part of it, which is theirs alone. */
export function displayNameOf(userId: string, user: Pick<User, 'displayName' | 'visibility'> | undefined): string {
  const name = user?.visibility === 'anonymous' ? null : user?.displayName;
  return name ?? `Player ${createHash('sha256').update(userId).digest('hex').slice(0, 4)}`;
}

/** Tags, each once, in the order of their texts. */
function sortedTags(tags: readonly string[]): string[] {
  return [...new Set(tags)].toSorted();
}

/** A user as they are when new. */
export function newUser(given: UserCreate, id: string, now: string): User {
  return {
    id,
    externalId: given.externalId ?? null,
    displayName: given.displayName ?? null,
    language: given.language ?? null,
    zone: given.zone ?? null,
    visibility: given.visibility ?? 'public',
    attributes: given.attributes ?? {},
    tags: sortedTags(given.tags ?? []),
    consents: {},
    status: 'active',
    version: 1,
    createdAt: now,
    updatedAt: now,
  };
}

/** A user after a change; what the change does not name stays. */
export function changedUser(user: User, change: UserUpdate, now: string): User {
  const { displayName = user.displayName, language = user.language, zone = user.zone, status = user.status } = change;
  const { visibility = user.visibility } = change;
  const attributes = changedAttributes(user.attributes, change.attributes);
  const tags = change.tags === undefined ? user.tags : sortedTags(change.tags);
  const version = user.version + 1;
  return { ...user, displayName, language, zone, visibility, status, attributes, tags, version, updatedAt: now };
}
