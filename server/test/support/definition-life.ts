import { randomUUID } from 'node:crypto';
import type { PlacedRoute } from '@laurel/contract';
import { allRoutes, type Furnished, fillPath } from './examples.ts';
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

/** The path of a route about a fresh definition that nothing refers to and that the route has something to do with. */
export async function readyPath(access: Access, furnished: Furnished, placed: PlacedRoute): Promise<string> {
  const [resource, verb = ''] = placed.operation.split('.');
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
