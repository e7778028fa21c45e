import { c, changes, reads } from '@laurel/contract';
import { Id } from '@laurel/contract/shared/ids';
import * as z from 'zod';
import { type ApiHandler, createApi } from '../../src/api/adapter.ts';
import type { Handlers } from '../../src/api/call.ts';
import type { Platform } from '../../src/api/platform.ts';

const Thing = z.object({ id: z.string(), label: z.string().max(40) });
const params = z.strictObject({ id: Id });
/** A small resource with one route of each shape that the adapter must bear. */
export const things = c.router(
  {
    list: {
      method: 'GET',
      path: '/things',
      query: z.strictObject({ tag: z.union([z.string(), z.array(z.string())]).optional() }),
      responses: { 200: z.object({ tags: z.unknown() }) },
      metadata: reads('dashboard', 'things'),
    },
    mine: {
      method: 'GET',
      path: '/things/mine',
      responses: { 200: Thing },
      metadata: reads('dashboard', 'things'),
    },
    get: {
      method: 'GET',
      path: '/things/:id',
      pathParams: params,
      responses: { 200: Thing },
      metadata: reads('dashboard', 'things'),
    },
    create: {
      method: 'POST',
      path: '/things',
      body: z.strictObject({ label: z.string() }),
      responses: { 201: Thing },
      metadata: changes('dashboard', 'things', 'author'),
    },
    remove: {
      method: 'DELETE',
      path: '/things/:id',
      pathParams: params,
      body: c.noBody(),
      responses: { 200: Thing },
      metadata: changes('dashboard', 'things', 'author'),
    },
    touch: {
      method: 'POST',
      path: '/things/:id/touch',
      pathParams: params,
      body: c.noBody(),
      responses: { 200: Thing },
      metadata: changes('dashboard', 'things', 'author'),
    },
    anything: {
      method: 'GET',
      path: '/anything',
      responses: { 200: z.unknown() },
      metadata: reads('dashboard', 'things'),
    },
  },
  { pathPrefix: '/dashboard/v1', strictStatusCodes: true },
);
/** A contract of nothing else. */
export const contract = c.router({ dashboard: { things } });

export type ThingHandlers = Handlers<typeof things>;

/** A thing as an answer. */
export const named = (id: string, label: string) => ({ body: { id, label } });
/** Handlers that answer with their own names. */
export const sound: ThingHandlers = {
  list: async ({ query }) => ({ body: { tags: query.tag ?? null } }),
  mine: async () => named('mine', 'mine'),
  get: async ({ params }) => named(params.id, 'get'),
  create: async ({ body }) => named('new', body.label),
  remove: async ({ params }) => named(params.id, 'remove'),
  touch: async ({ params }) => named(params.id, 'touch'),
  anything: async () => ({ body: 'anything' }),
};

export const THINGS = '/dashboard/v1/things';
export const json = { 'content-type': 'application/json' };

/** The API of the small contract, with some handlers replaced. */
export function thingsApi(platform: Platform, own: Partial<ThingHandlers> = {}): ApiHandler {
  return createApi(platform, contract, { dashboard: { things: { ...sound, ...own } } });
}
