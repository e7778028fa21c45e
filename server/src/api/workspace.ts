import type { Contract } from '@laurel/contract';
import type { Handlers } from './call.ts';
import { workspaceOf } from './reader.ts';

export const workspace: Handlers<Contract['dashboard']['workspace']> = {
  async get(call) {
    return { body: await workspaceOf(call) };
  },
};
