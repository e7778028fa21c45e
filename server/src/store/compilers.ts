import { createHash } from 'node:crypto';
import type { Workspace } from '@laurel/contract/types';
import { periodOf } from '../calendar/schedule.ts';
import { cronPeriods } from '../calendar/windows.ts';
import type { Compilers } from '../domain/index.ts';
import { amountsIn, conditionsIn, userConditionsIn } from '../expressions/index.ts';

/** All that the core takes as functions, in a workspace that declares these attributes of its users. */
export function compilersIn(userAttributes: Workspace['userAttributes']): Compilers {
  return {
    condition: conditionsIn(userAttributes),
    userCondition: userConditionsIn(userAttributes),
    amount: amountsIn(userAttributes),
    cron: cronPeriods,
    hash: sha256,
    periodOf,
  };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
