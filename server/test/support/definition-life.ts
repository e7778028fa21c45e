import { randomUUID } from 'node:crypto';
import type { PlacedRoute } from '@laurel/contract';
import { allRoutes, type Furnished, fillPath, nameIn } from './examples.ts';
import { type Access, call } from './http.ts';

/** The routes that end a part of a definition's life, and what must be there for them to have something to do. */
const needs: Readonly<Record<string, 'draft' | 'next draft' | 'published'>> = {
  remove: 'draft',
  publish: 'next draft',
  discardDraft: 'next draft',
  archive: 'published',
};

async function succeed(access: Access, method: string, path: string, body: object, headers = {}) {
  const answer = await call(access, method, path, { body, headers });
  if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.text}`);
  return answer.body;
}

/** What settles something of a player once, and the call after which there is something new to settle. */
const settling: Readonly<Record<string, 'hold' | 'redemption' | 'transaction'>> = {
  'ledger.reverse': 'transaction',
  'ledger.capture': 'hold',
  'ledger.release': 'hold',
  'redemptions.fulfil': 'redemption',
  'redemptions.cancel': 'redemption',
};

/** The id of a fresh thing of a player that can be settled. */
async function fresh(access: Access, { mark, userId }: Furnished, what: 'hold' | 'redemption' | 'transaction') {
  const post = (path: string, body?: object) =>
    call(access, 'POST', path, { headers: { 'x-user-id': userId }, ...(body === undefined ? {} : { body }) });
  const transact = (kind: string) => {
    const legs = [{ userId, currency: nameIn(mark, 'xp'), amount: 1 }];
    return post('/dashboard/v1/ledger/transactions', { kind, legs, note: 'fresh' });
  };
  const credited = await transact('credit');
  if (what === 'transaction') return String(credited.body.id);
  if (what === 'hold') return String(Object((await transact('hold')).body.holds)[0]);
  return String((await post(`/app/v1/catalog/${nameIn(mark, 'sticker')}/redeem`)).body.id);
}

/** The id of a fresh issuer of the tenant, whose own name nobody else has. */
async function freshIssuer(access: Access, { place }: Furnished): Promise<string> {
  const name = `a-${randomUUID()}`;
  const audiences = [{ audience: 'app', workspace: place.workspace }];
  const body = { id: name, issuer: `https://${name}.example.com`, audiences };
  return String((await succeed(access, 'POST', `/platform/v1/tenants/${place.tenant}/issuers`, body)).id);
}

/** The path of a route about a fresh definition that nothing refers to and that the route has something to do with. */
export async function readyPath(access: Access, furnished: Furnished, placed: PlacedRoute): Promise<string> {
  const settled = settling[placed.operation];
  if (settled !== undefined) return fillPath(placed.route.path, { id: await fresh(access, furnished, settled) });
  const [resource, verb = ''] = placed.operation.split('.');
  if (resource === 'issuers' && ['update', 'remove'].includes(verb)) {
    return fillPath(placed.route.path, { ...furnished.place, id: await freshIssuer(access, furnished) });
  }
  const created = allRoutes.find(([name]) => name === `${placed.context}.${resource}.create`)?.[1];
  const isDefinition = allRoutes.some(([name]) => name === `${placed.context}.${resource}.publish`);
  const need = needs[verb];
  if (!isDefinition || created === undefined || need === undefined) return furnished.exampleOf(placed).path;
  const { id: _named, ...fields } = { id: '', ...furnished.exampleOf(created).body };
  const { path } = created.route;
  const id = `a-${randomUUID()}`;
  await succeed(access, 'POST', path, { ...fields, id, draft: need === 'draft' });
  if (need === 'next draft') {
    await succeed(access, 'PUT', `${path}/${id}`, { ...fields, draft: true }, { 'if-match': '"v1"' });
  }
  return fillPath(placed.route.path, { id });
}

/** A body of `config.apply` that the workspace takes: it adds one currency to what is there. */
export async function readyApplication(access: Access): Promise<object> {
  const { body: exported } = await call(access, 'GET', '/dashboard/v1/config/export');
  const { currencies }: { currencies: readonly object[] } = Object(exported.definitions);
  const added = { id: `a-${randomUUID()}`, name: { en: 'Any' } };
  const document = { ...exported, definitions: { currencies: [...currencies, added] } };
  const { base } = await succeed(access, 'POST', '/dashboard/v1/config/plan', { document });
  return { document, base };
}
