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

/** The path of a route about a fresh definition that nothing refers to and that the route has something to do with. */
export async function readyPath(access: Access, furnished: Furnished, placed: PlacedRoute): Promise<string> {
  const [resource, verb = ''] = placed.operation.split('.');
  const created = allRoutes.find(([name]) => name === `${placed.context}.${resource}.create`)?.[1];
  const isDefinition = allRoutes.some(([name]) => name === `${placed.context}.${resource}.publish`);
  const need = needs[verb];
  if (!isDefinition || created === undefined || need === undefined) return furnished.exampleOf(placed).path;
  const example = furnished.exampleOf(created);
  const { id: _named, ...fields } = { id: '', ...example.body };
  const id = `a-${randomUUID()}`;
  const succeed = async (method: string, path: string, body: object, headers = {}) => {
    const answer = await call(access, method, path, { body, headers });
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.text}`);
  };
  await succeed('POST', created.route.path, { ...fields, id, draft: need === 'draft' });
  if (need === 'next draft') {
    const headers = { 'if-match': '"v1"' };
    await succeed('PUT', `${created.route.path}/${id}`, { ...fields, draft: true }, headers);
  }
  return fillPath(placed.route.path, { id });
}
