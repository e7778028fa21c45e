import type { Contract } from '@laurel/contract';
import { getTenant } from '../store/tenants.ts';
import type { Handlers } from './call.ts';
import { ProblemError } from './problem.ts';

export const health: Handlers<Contract['platform']['health']> = {
  async get({ platform, scope }) {
    if ((await getTenant(platform.table, scope.tenant)) === undefined) throw new ProblemError('unavailable');
    return { body: { status: 'ok', version: platform.version, cell: platform.cell } };
  },
};
