import type { Contract } from '@laurel/contract';
import type { Me } from '@laurel/contract/me/app';
import type { User } from '@laurel/contract/users/schema';
import { updateUser } from '../store/users.ts';
import type { Handlers } from './call.ts';
import { ProblemError } from './problem.ts';
import { changedUser } from './profile.ts';
import { playerOf } from './reader.ts';

function present({ id, externalId, displayName, language, zone, visibility, version }: User): Me {
  return { id, externalId, displayName, language, zone, visibility, version };
}

export const me: Handlers<Contract['app']['me']> = {
  async get(call) {
    return { body: present(await playerOf(call)) };
  },

  async update(call) {
    const user = await playerOf(call);
    if (call.ifMatch !== user.version) throw new ProblemError('version_mismatch');
    const changed = changedUser(user, call.body, call.now);
    return { body: present(changed), writes: updateUser(call.platform.table, call.scope, changed) };
  },
};
