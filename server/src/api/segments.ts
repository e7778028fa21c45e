import type { Contract } from '@laurel/contract';
import type { SegmentUpdate } from '@laurel/contract/segments/schema';
import type { Segment, User } from '@laurel/contract/types';
import { inSegment, userFactsOf } from '../domain/index.ts';
import { userConditionsIn, userShapeOf } from '../expressions/index.ts';
import { boundedCount, boundedListing } from '../store/scan.ts';
import { MOST_SCANNED, scanUsers } from '../store/users.ts';
import { type CallContext, type Handlers, pageOf, reachOf } from './call.ts';
import { definitionHandlers } from './definitions.ts';
import { workspaceOf } from './reader.ts';

/** How many users a count looks at, at the most. */
const MOST_COUNTED = 10_000;

const definitionRoutes = definitionHandlers({
  kind: 'segments',
  idKind: 'segment',
  build: (body: SegmentUpdate, managed) => ({ ...body, ...managed }),
  references: () => [],
  conditions: ({ condition }, { userAttributes }) => [
    { pointer: '/condition', text: condition, shape: userShapeOf(userAttributes) },
  ],
});

/** Whether a user is in a segment now. */
async function memberTest(call: CallContext, { condition }: Segment): Promise<(user: User) => boolean> {
  const workspace = await workspaceOf(call);
  const holds = userConditionsIn(workspace.userAttributes)(condition);
  return (user) => inSegment({ holds }, userFactsOf(user, workspace));
}

export const segments: Handlers<Contract['dashboard']['segments']> = {
  ...definitionRoutes,

  async members(call) {
    const { body: segment } = await definitionRoutes.get(call);
    const filters = { segment: segment.id };
    const reach = reachOf(call, filters);
    const scanned = scanUsers(call.platform.table, call.scope, reach.after);
    const found = await boundedListing(scanned, reach, await memberTest(call, segment), MOST_SCANNED);
    return { body: pageOf(call, filters, found, (user) => user) };
  },

  async size(call) {
    const { body: segment } = await definitionRoutes.get(call);
    const scanned = scanUsers(call.platform.table, call.scope, undefined);
    const count = await boundedCount(scanned, await memberTest(call, segment), MOST_COUNTED);
    return { body: { segment: segment.id, ...count } };
  },
};
