import type { Contract } from '@laurel/contract';
import type { Me } from '@laurel/contract/me/app';
import type { User } from '@laurel/contract/users/schema';
import type { Workspace } from '@laurel/contract/workspaces/schema';
import type { Handlers } from './call.ts';
import { movedZone } from './player-due.ts';
import { ProblemError } from './problem.ts';
import { changedUser } from './profile.ts';
import { playerOf, workspaceOf } from './reader.ts';
import { checkAttributes, playersAttributes } from './user-attributes.ts';
import { userUpdated } from './user-writes.ts';

function present(user: User, { userAttributes }: Workspace): Me {
  const { id, externalId, displayName, language, zone, visibility, version } = user;
  const attributes = playersAttributes(user.attributes, userAttributes);
  return { id, externalId, displayName, language, zone, visibility, attributes, version };
}

export const me: Handlers<Contract['app']['me']> = {
  async get(call) {
    const [user, workspace] = await Promise.all([playerOf(call), workspaceOf(call)]);
    return { body: present(user, workspace) };
  },

  async update(call) {
    const [user, workspace] = await Promise.all([playerOf(call), workspaceOf(call)]);
    if (call.ifMatch !== user.version) throw new ProblemError('version_mismatch');
    checkAttributes(workspace.userAttributes, call.body.attributes, 'player');
    const changed = changedUser(user, call.body, call.now);
    const writes = [...(await userUpdated(call, changed)), ...(await movedZone(call, user, changed))];
    return { body: present(changed, workspace), writes };
  },
};
