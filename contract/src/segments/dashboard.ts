import * as z from 'zod';
import { definitionRoutes } from '../definitions/routes.ts';
import { c, reads } from '../route.ts';
import { Id } from '../shared/ids.ts';
import { PageQuery, page } from '../shared/page.ts';
import { User } from '../users/schema.ts';
import { Segment, SegmentCreate, SegmentSize, SegmentUpdate } from './schema.ts';

const params = z.strictObject({ id: Id });

/** The shapes of segments. */
export const segmentKind = {
  name: 'Segment',
  one: 'segment',
  many: 'segments',
  resource: 'segments',
  item: Segment,
  create: SegmentCreate,
  update: SegmentUpdate,
} as const;

export const segments = c.router({
  ...definitionRoutes(segmentKind),
  members: {
    method: 'GET',
    path: '/segments/:id/members',
    pathParams: params,
    summary: "List a segment's users",
    description:
      'The users whom the condition holds for now, each once and in no order of theirs. Up to 1,000 users are looked at for a page, so that it may be short, or empty, before the end: read on while there is a `nextCursor`.',
    query: PageQuery,
    responses: { 200: page('SegmentMemberPage', User) },
    metadata: reads('dashboard', 'segments'),
  },
  size: {
    method: 'GET',
    path: '/segments/:id/size',
    pathParams: params,
    summary: "Count a segment's users",
    description: 'How many users the condition holds for now; exact up to 10,000 users of the workspace.',
    responses: { 200: SegmentSize },
    metadata: reads('dashboard', 'segments'),
  },
});
