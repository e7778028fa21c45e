import type { Contract } from '@laurel/contract';
import type { Segment, User } from '@laurel/contract/types';
import { inSegment, userFactsOf } from '../domain/index.ts';
import { userConditionsIn, userShapeOf } from '../expressions/index.ts';
import { getDefinition } from '../store/definition-items.ts';
import { boundedCount, boundedListing } from '../store/scan.ts';
import { MOST_SCANNED, scanUsers } from '../store/users.ts';
import { type CallContext, type Handlers, pageOf, reachOf } from './call.ts';
import type { DefinitionType } from './definition-type.ts';
import { notFound } from './problem.ts';
import { workspaceOf } from './reader.ts';

/** How many users a count looks at, at the most. */
const MOST_COUNTED = 10_000;

/** What is particular to segments. */
export const segmentType: DefinitionType<'segments'> = {
  kind: 'segments',
  idKind: 'segment',
  build: (body, managed) => ({ ...body, ...managed }),
  references: () => [],
  conditions: ({ condition }, { userAttributes }) => [
    { pointer: '/condition', text: condition, shape: userShapeOf(userAttributes) },
  ],
};

async function segmentOf(call: CallContext & { readonly params: { readonly id: string } }): Promise<Segment> {
  const segment = await getDefinition(call.platform.table, call.scope, 'segments', call.params.id);
  if (segment === undefined) throw notFound();
  return segment;
}

/** Whether a user is in a segment now. */
export async function memberTest(call: CallContext, { condition }: Segment): Promise<(user: User) => boolean> {
  const workspace = await workspaceOf(call);
  const holds = userConditionsIn(workspace.userAttributes)(condition);
  return (user) => inSegment({ holds }, userFactsOf(user, workspace));
}

export const segmentReads: Pick<Handlers<Contract['dashboard']['segments']>, 'members' | 'size'> = {
  async members(call) {
    const segment = await segmentOf(call);
    const filters = { segment: segment.id };
    const reach = reachOf(call, filters);
    const scanned = scanUsers(call.platform.table, call.scope, reach.after);
    const found = await boundedListing(scanned, reach, await memberTest(call, segment), MOST_SCANNED);
    return { body: pageOf(call, filters, found, (user) => user) };
  },

  async size(call) {
    const segment = await segmentOf(call);
    const scanned = scanUsers(call.platform.table, call.scope, undefined);
    const count = await boundedCount(scanned, await memberTest(call, segment), MOST_COUNTED);
    return { body: { segment: segment.id, ...count } };
  },
};
