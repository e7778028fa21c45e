import type { User } from '@laurel/contract/users/schema';
import type { Write } from '../store/commit.ts';
import { createUser, updateUser } from '../store/users.ts';
import type { CallContext } from './call.ts';
import type { Platform } from './platform.ts';
import { tellAside, tellOf } from './telling.ts';

type Writing = Pick<CallContext, 'scope' | 'now'> & { readonly platform: Pick<Platform, 'table' | 'newId'> };

/** Creates a user, and tells of it. */
export async function userCreated(call: Writing, user: User) {
  const data = { version: user.version };
  const told = tellOf(call, user.id, { type: 'user.created', occurredAt: call.now, data });
  return [...(await createUser(call.platform.table, call.scope, user)), ...told];
}

/** Puts a changed user in place of the one of the version before, and tells of it. */
export async function userUpdated(call: Writing, user: User): Promise<Write[]> {
  const data = { version: user.version };
  const told = await tellAside(call, user.id, { type: 'user.updated', occurredAt: call.now, data });
  return [...(await updateUser(call.platform.table, call.scope, user)), ...told];
}
