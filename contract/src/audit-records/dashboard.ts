import * as z from 'zod';
import { c, reads } from '../route.ts';
import { Id } from '../shared/ids.ts';
import { PageQuery } from '../shared/page.ts';
import {
  AuditBlockPage,
  AuditRecord,
  AuditRecordPage,
  AuditRecordsQuery,
  AuditVerification,
  AuditVerifyQuery,
} from './schema.ts';

const metadata = reads('dashboard', 'audit-records', { level: 'administer' });

export const auditRecords = c.router({
  list: {
    method: 'GET',
    path: '/audit-records',
    summary: 'List audit records',
    description:
      'Every call in the workspace and all that Laurel did in it by itself, the latest first. A record is there once it is sealed, within a minute or two. A bounded part of the chain is looked at for a page, so that it may be short, or empty, before the end: read on while there is a `nextCursor`.',
    query: AuditRecordsQuery,
    responses: { 200: AuditRecordPage },
    metadata,
  },
  verify: {
    method: 'GET',
    path: '/audit-records/verify',
    summary: 'Verify audit records',
    description:
      'Works out the chain anew, a bounded part in each call: go on with `next`. Whatever was edited, removed, moved or cut off is found, and the first bad record is named. Give the head that you kept as `knownBlock` and `knownHash` to see that nothing was cut back since.',
    query: AuditVerifyQuery,
    responses: { 200: AuditVerification },
    metadata,
  },
  export: {
    method: 'GET',
    path: '/audit-records/export',
    summary: 'Export audit records',
    description:
      'The blocks of the chain, the first first, with what it takes to verify them without Laurel. A page has about 1 MB at the most, so that it may be shorter than `limit`.',
    query: PageQuery,
    responses: { 200: AuditBlockPage },
    metadata,
  },
  get: {
    method: 'GET',
    path: '/audit-records/:id',
    pathParams: z.strictObject({ id: Id }),
    summary: 'Get an audit record',
    description: 'One record, once it is sealed.',
    responses: { 200: AuditRecord },
    metadata,
  },
});
