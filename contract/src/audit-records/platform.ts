import * as z from 'zod';
import { c, reads } from '../route.ts';
import { Id, Slug } from '../shared/ids.ts';
import { PageQuery } from '../shared/page.ts';
import {
  AuditBlockPage,
  AuditRecord,
  AuditRecordPage,
  AuditRecordsQuery,
  AuditVerification,
  AuditVerifyQuery,
} from './schema.ts';

const metadata = reads('platform', 'tenant-audit', { level: 'own' });
const pathParams = z.strictObject({ tenant: Slug });

export const tenantAuditRecords = c.router({
  list: {
    method: 'GET',
    path: '/tenants/:tenant/audit-records',
    pathParams,
    summary: "List a tenant's audit records",
    description:
      'What belongs to no workspace of the tenant: calls of the platform API, by its own people or to it, and calls of nobody who could be told. Owners read their own. Works as the list of a workspace does.',
    query: AuditRecordsQuery,
    responses: { 200: AuditRecordPage },
    metadata,
  },
  verify: {
    method: 'GET',
    path: '/tenants/:tenant/audit-records/verify',
    pathParams,
    summary: "Verify a tenant's audit records",
    description: "Works out the tenant's own chain anew, a bounded part in each call.",
    query: AuditVerifyQuery,
    responses: { 200: AuditVerification },
    metadata,
  },
  export: {
    method: 'GET',
    path: '/tenants/:tenant/audit-records/export',
    pathParams,
    summary: "Export a tenant's audit records",
    description: "The blocks of the tenant's own chain, the first first.",
    query: PageQuery,
    responses: { 200: AuditBlockPage },
    metadata,
  },
  get: {
    method: 'GET',
    path: '/tenants/:tenant/audit-records/:id',
    pathParams: z.strictObject({ tenant: Slug, id: Id }),
    summary: "Get a tenant's audit record",
    description: "One record of the tenant's own chain, once it is sealed.",
    responses: { 200: AuditRecord },
    metadata,
  },
});
