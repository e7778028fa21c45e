import type { Contract } from '@laurel/contract';
import type {
  AuditBlock,
  AuditRecord,
  AuditRecordsQuery,
  AuditVerification,
  AuditVerifyQuery,
} from '@laurel/contract/audit-records/schema';
import type { PageQuery } from '@laurel/contract/shared/page';
import { findRecords, recordsIn, timeAround } from '../audit/find.ts';
import type { StoredBlock } from '../audit/record.ts';
import { verifyPart } from '../audit/verify.ts';
import { utcInstant } from '../calendar/civil.ts';
import { blocksFrom, digestsOver } from '../store/audit.ts';
import { type Scope, tenantScope } from '../store/scope.ts';
import { getTenant } from '../store/tenants.ts';
import { type Answer, type CallContext, type Handlers, pageOf, reachOf } from './call.ts';
import { invalidField, notFound } from './problem.ts';

type Routes = Contract['dashboard']['auditRecords'];

/** A call about the chain of a workspace, or of a tenant as a whole. */
type ChainCall<Query> = CallContext & { readonly query: Query };

/** How much of a chain one answer carries, in bytes. */
const MOST_BYTES = 1_000_000;

/** How many blocks it carries at the most: more would be read for nothing, where they are large. */
const MOST_BLOCKS = 25;

/** Whether a record passes the filters. People are given by their ids, and stand in records as pseudonyms. */
function filterOf(call: CallContext, chain: Scope, filters: AuditRecordsQuery): (record: AuditRecord) => boolean {
  const { actor, onBehalfOf, action, route, target, outcome, requestId } = filters;
  const { pseudonyms } = call.platform.audit;
  const namesOf = (id: string) =>
    new Set([id, pseudonyms.of(chain, 'user', id), pseudonyms.of(chain, 'external user', id)]);
  const [actors, players, targets] = [actor, onBehalfOf, target].map((id) =>
    id === undefined ? undefined : namesOf(id),
  );
  return (record) =>
    (actors === undefined || actors.has(record.actor.id ?? '')) &&
    (players === undefined || players.has(record.onBehalfOf ?? '')) &&
    (targets === undefined || Object.values(record.target).some((id) => targets.has(id))) &&
    (action === undefined || record.action === action) &&
    (route === undefined || record.route === route) &&
    (outcome === undefined || record.outcome === outcome) &&
    (requestId === undefined || record.requestId === requestId);
}

async function list(call: ChainCall<AuditRecordsQuery>, chain: Scope) {
  const { limit: _, cursor: __, ...filters } = call.query;
  const bound = { ...filters, chain: [chain.tenant, chain.workspace] };
  const asked = (moment: string | undefined) => (moment === undefined ? undefined : utcInstant(moment));
  const around = call.query.requestId === undefined ? undefined : timeAround(call.query.requestId);
  const wanted = {
    from: asked(call.query.from) ?? around?.from,
    to: asked(call.query.to) ?? around?.to,
    isWanted: filterOf(call, chain, call.query),
  };
  const found = await findRecords(call.platform.table, chain, wanted, reachOf(call, bound));
  return { body: pageOf(call, bound, found, (record) => record) };
}

/** How many pages are looked at for one record: those of half an hour, however much was sealed in it. */
const PAGES = 20;

async function get(call: CallContext, chain: Scope, id: string): Promise<Answer<AuditRecord>> {
  const around = timeAround(id);
  let after: string | undefined;
  for (let page = 0; around !== undefined && page < PAGES; page += 1) {
    const wanted = { ...around, isWanted: (record: AuditRecord) => record.id === id };
    const { items, next } = await findRecords(call.platform.table, chain, wanted, { limit: 1, after });
    const [found] = items;
    if (found !== undefined) return { body: found };
    if (next === null) break;
    after = next;
  }
  throw notFound();
}

async function verify(call: ChainCall<AuditVerifyQuery>, chain: Scope): Promise<Answer<AuditVerification>> {
  const { from, knownBlock, knownHash } = call.query;
  if ((knownBlock === undefined) !== (knownHash === undefined))
    throw invalidField('/query/knownBlock', 'Give knownBlock and knownHash, or neither.');
  const known =
    knownBlock === undefined || knownHash === undefined ? undefined : { block: knownBlock, hash: knownHash };
  const { keys, archive } = call.platform.audit;
  const parts = { table: call.platform.table, keys: await keys(), ...(archive && { archive }) };
  const { to, records, fault, head, digest, next } = await verifyPart(parts, chain, { from, known });
  return { body: { valid: fault === null, from, to, records, fault, head, digest, keys: [...parts.keys], next } };
}

/** As many of the blocks as one answer carries. */
function portionOf(blocks: readonly StoredBlock[]): StoredBlock[] {
  const portion: StoredBlock[] = [];
  let bytes = 0;
  for (const block of blocks) {
    bytes += Buffer.byteLength(JSON.stringify(block));
    if (portion.length > 0 && bytes > MOST_BYTES) break;
    portion.push(block);
  }
  return portion;
}

async function exported(call: ChainCall<PageQuery>, chain: Scope) {
  const bound = { chain: [chain.tenant, chain.workspace] };
  const { limit, after } = reachOf(call, bound);
  const { table } = call.platform;
  const from = after === undefined ? 1 : Number(after);
  const most = Math.min(limit, MOST_BLOCKS);
  // One more, which tells whether there is more.
  const read = await blocksFrom(table, chain, from, most + 1);
  const portion = portionOf(read.slice(0, most));
  const last = portion.at(-1);
  const digests = last === undefined ? [] : await digestsOver(table, chain, from, last.block);
  const present = (block: StoredBlock): AuditBlock => {
    const { hashes: _, ...rest } = block;
    const digest = digests.find((one) => one.block === block.block) ?? null;
    return { ...rest, records: recordsIn(block), digest };
  };
  const next = last === undefined || read.length <= portion.length ? null : String(last.block + 1);
  return { body: pageOf(call, bound, { items: portion, next }, present) };
}

export const auditRecords: Handlers<Routes> = {
  list: (call) => list(call, call.scope),
  verify: (call) => verify(call, call.scope),
  export: (call) => exported(call, call.scope),
  get: (call) => get(call, call.scope, call.params.id),
};

/** The chain of a tenant as a whole. */
async function chainOf(call: CallContext & { readonly params: { readonly tenant: string } }): Promise<Scope> {
  const tenant = await getTenant(call.platform.table, call.params.tenant);
  if (tenant === undefined) throw notFound();
  return tenantScope(tenant.slug);
}

export const tenantAuditRecords: Handlers<Contract['platform']['auditRecords']> = {
  list: async (call) => list(call, await chainOf(call)),
  verify: async (call) => verify(call, await chainOf(call)),
  export: async (call) => exported(call, await chainOf(call)),
  get: async (call) => get(call, await chainOf(call), call.params.id),
};
