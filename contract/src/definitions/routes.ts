import * as z from 'zod';
import { c, changes, reads } from '../route.ts';
import { Id } from '../shared/ids.ts';
import { PageQuery, page } from '../shared/page.ts';
import { DefinitionStatus } from './schema.ts';

/** The shapes of one kind of definition. */
export interface DefinitionKind<
  Name extends string,
  Item extends z.ZodType,
  Create extends z.ZodType,
  Update extends z.ZodType,
> {
  /** The schema's id, singular: `Mission`. */
  readonly name: Name;
  /** One and many, for people: `mission`, `missions`. */
  readonly one: string;
  readonly many: string;
  /** The resource in paths and permissions: `missions`. */
  readonly resource: string;
  readonly item: Item;
  readonly create: Create;
  readonly update: Update;
}

/**
 * The routes that every kind of definition has: list, create, get, update, archive. Publishing is one step with
 * creating and updating: what is saved is at work, as a new version.
 */
export function definitionRoutes<
  Name extends string,
  Item extends z.ZodType,
  Create extends z.ZodType,
  Update extends z.ZodType,
>(kind: DefinitionKind<Name, Item, Create, Update>) {
  const { one, many, resource } = kind;
  const single = `/${resource}/:id` as const;
  const params = z.strictObject({ id: Id });
  return c.router({
    list: {
      method: 'GET',
      path: `/${resource}`,
      summary: `List ${many}`,
      description: `The ${many} of the workspace, by id.`,
      query: PageQuery.extend({ status: DefinitionStatus.optional() }),
      responses: { 200: page(`${kind.name}Page`, kind.item) },
      metadata: reads('dashboard', resource),
    },
    create: {
      method: 'POST',
      path: `/${resource}`,
      summary: `Create a ${one}`,
      description: `Creates and publishes a ${one} as version 1.`,
      body: kind.create,
      responses: { 201: kind.item },
      metadata: changes('dashboard', resource, 'author', { etag: true }),
    },
    get: {
      method: 'GET',
      path: single,
      pathParams: params,
      summary: `Get a ${one}`,
      description: `The ${one} as it is now; its ETag is what an update must name.`,
      responses: { 200: kind.item },
      metadata: reads('dashboard', resource, { etag: true }),
    },
    update: {
      method: 'PUT',
      path: single,
      pathParams: params,
      summary: `Change a ${one}`,
      description: `Publishes a new version, with the ETag that was read as If-Match. Running progress keeps the version it started on.`,
      body: kind.update,
      responses: { 200: kind.item },
      metadata: changes('dashboard', resource, 'author', { idempotency: 'safe', etag: true }),
    },
    archive: {
      method: 'POST',
      path: `${single}/archive`,
      pathParams: params,
      summary: `Archive a ${one}`,
      description: `Takes it out of play; what players have is kept. Archiving twice is archiving once.`,
      body: c.noBody(),
      responses: { 200: kind.item },
      metadata: changes('dashboard', resource, 'author'),
    },
  });
}
