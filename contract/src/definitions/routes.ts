import * as z from 'zod';
import { c, changes, type Level, reads } from '../route.ts';
import { Id } from '../shared/ids.ts';
import { PageQuery, page } from '../shared/page.ts';
import { DefinitionStatus, Publish, Restore } from './schema.ts';

/** The shapes of one kind of definition. */
export interface DefinitionKind<
  Name extends string = string,
  Item extends z.ZodType = z.ZodType,
  Create extends z.ZodType = z.ZodType,
  Update extends z.ZodType = z.ZodType,
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

const params = z.strictObject({ id: Id });
const versionParams = z.strictObject({
  id: Id,
  version: z.coerce.number<number>().int().min(1).meta({ description: 'The number of a version.', example: 1 }),
});

/**
 * The routes that every kind of definition has, for its whole life: draft, published, archived. What is created or
 * changed is published at once, unless it says that it is a draft.
 */
export function definitionRoutes<
  Name extends string,
  Item extends z.ZodType,
  Create extends z.ZodType,
  Update extends z.ZodType,
>(
  kind: DefinitionKind<Name, Item, Create, Update>,
  levels: { readonly read: Level; readonly change: Level } = { read: 'read', change: 'author' },
) {
  const { name, one, many, resource } = kind;
  // A webhook tells of everybody for as long as it is there.
  const about = resource === 'webhooks' ? {} : { concerns: 'nobody' as const };
  const single = `/${resource}/:id` as const;
  const items = page(`${name}Page`, kind.item);
  const responses = { 200: kind.item };
  const read = reads('dashboard', resource, { level: levels.read, ...about });
  const readTagged = { ...read, etag: true } as const;
  const change = changes('dashboard', resource, levels.change, { etag: true, ...about });
  return c.router({
    list: {
      method: 'GET',
      path: `/${resource}`,
      summary: `List ${many}`,
      description: `The ${many} of the workspace, by id: each as it is at work, or as a draft where it never was.`,
      query: PageQuery.extend({ status: DefinitionStatus.optional() }),
      responses: { 200: items },
      metadata: read,
    },
    create: {
      method: 'POST',
      path: `/${resource}`,
      summary: `Create a ${one}`,
      description: `Publishes a ${one} as version 1, or saves it as a draft. What it refers to must be at work by the time that it is published.`,
      body: kind.create,
      responses: { 201: kind.item },
      metadata: change,
    },
    get: {
      method: 'GET',
      path: single,
      pathParams: params,
      summary: `Get a ${one}`,
      description: `The ${one} as it is at work, or as a draft where it never was; its ETag is what a change must name.`,
      responses,
      metadata: readTagged,
    },
    update: {
      method: 'PUT',
      path: single,
      pathParams: params,
      summary: `Change a ${one}`,
      description: `Publishes a new version, in place of a draft too; or saves a draft of it, which leaves what is at work untouched. Takes the ETag that was read as If-Match.`,
      body: kind.update,
      responses,
      metadata: { ...change, idempotency: 'safe' } as const,
    },
    remove: {
      method: 'DELETE',
      path: single,
      pathParams: params,
      summary: `Delete a ${one} that is a draft`,
      description: `Deletes a ${one} that was never published. What was is archived instead, and kept.`,
      body: c.noBody(),
      responses,
      metadata: change,
    },
    draft: {
      method: 'GET',
      path: `${single}/draft`,
      pathParams: params,
      summary: `Get the draft of a ${one}`,
      description: `The draft that waits to be published; none is not found.`,
      responses,
      metadata: readTagged,
    },
    discardDraft: {
      method: 'DELETE',
      path: `${single}/draft`,
      pathParams: params,
      summary: `Discard the draft of a ${one}`,
      description: `Throws away the draft of the next version and answers with the ${one} as it is at work. A ${one} that was never published is deleted instead.`,
      body: c.noBody(),
      responses,
      metadata: change,
    },
    publish: {
      method: 'POST',
      path: `${single}/publish`,
      pathParams: params,
      summary: `Publish a ${one}`,
      description: `Puts the draft to work as a new version, and says what becomes of running progress. All that it refers to must be at work.`,
      body: Publish,
      responses,
      metadata: change,
    },
    archive: {
      method: 'POST',
      path: `${single}/archive`,
      pathParams: params,
      summary: `Archive a ${one}`,
      description: `Takes it out of play; what players have is kept. Refused while others that are at work refer to it. Archiving twice is archiving once.`,
      body: c.noBody(),
      responses,
      metadata: change,
    },
    unarchive: {
      method: 'POST',
      path: `${single}/unarchive`,
      pathParams: params,
      summary: `Put an archived ${one} back`,
      description: `Brings it back into play as it was, as a new version; all that it refers to must be at work.`,
      body: c.noBody(),
      responses,
      metadata: change,
    },
    restore: {
      method: 'POST',
      path: `${single}/restore`,
      pathParams: params,
      summary: `Restore a version of a ${one}`,
      description: `Publishes an old version again, as a new one. A draft that waits goes on waiting.`,
      body: Restore,
      responses,
      metadata: change,
    },
    listVersions: {
      method: 'GET',
      path: `${single}/versions`,
      pathParams: params,
      summary: `List the versions of a ${one}`,
      description: `Every version that was ever at work, the newest first: who published it, when, and what it made of running progress.`,
      query: PageQuery,
      responses: { 200: items },
      metadata: read,
    },
    getVersion: {
      method: 'GET',
      path: `${single}/versions/:version`,
      pathParams: versionParams,
      summary: `Get a version of a ${one}`,
      description: `One version as it was published; it never changes.`,
      responses,
      metadata: read,
    },
  });
}
