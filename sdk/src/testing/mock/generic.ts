import { isObject } from '../../core/object.ts';
import { memberOf, pageOf } from './lists.ts';
import { type Asked, NOT_FOUND, type Reply } from './reply.ts';
import { type Route, routeNamed } from './routes.ts';
import type { World } from './world.ts';

/** The number in the ETag of a thing. */
export function versionOf(thing: unknown): unknown {
  return memberOf(thing, 'revision') ?? memberOf(thing, 'version');
}

/** What is asked about, by the last place of the path: `:id`, `:currency`; by its slug as well. */
function isNamed(item: object, params: Asked['params']): boolean {
  return Object.entries(params).some(([name, wanted]) =>
    [memberOf(item, name), memberOf(item, 'slug'), name === 'externalId' ? undefined : memberOf(item, 'id')].includes(
      wanted,
    ),
  );
}

/** Why a conditional change is refused, if it is. */
export function staleness(thing: object, { headers }: Asked): Reply | undefined {
  const given = headers.get('if-match');
  if (given === null) return { problem: 'precondition_required', detail: 'Send If-Match with the ETag that you read.' };
  if (given === `"v${versionOf(thing)}"`) return undefined;
  return { problem: 'version_mismatch', detail: 'It was changed since you read it.' };
}

function kindOf(value: object): unknown {
  return memberOf(value, 'kind') ?? memberOf(value, 'type');
}

/** A value from a body where an answer has one: what bodies may leave out is there as well. */
function filled(like: unknown, value: unknown): unknown {
  if (Array.isArray(like) && Array.isArray(value)) return value.map((item) => filled(like[0], item));
  if (!isObject(like) || !isObject(value) || Array.isArray(value) || kindOf(like) !== kindOf(value)) return value;
  return withFields(like, value);
}

function withFields(thing: object, body: unknown): object {
  const fields = isObject(body) ? Object.entries(body) : [];
  return {
    ...thing,
    ...Object.fromEntries(fields.map(([name, value]) => [name, filled(memberOf(thing, name), value)])),
  };
}

/** A thing with the fields of a body, as its next version. */
export function changed(thing: object, body: unknown, now: string): object {
  const next = withFields(thing, body);
  for (const name of ['version', 'revision']) {
    const version = memberOf(thing, name);
    if (typeof version === 'number') Object.assign(next, { [name]: version + 1 });
  }
  return 'updatedAt' in thing ? { ...next, updatedAt: now } : next;
}

function created(route: Route, body: unknown, world: World): object {
  const example = route.example() ?? {};
  const id = memberOf(body, 'id') ?? memberOf(body, 'slug') ?? world.newId(route.resource);
  const times = ['createdAt', 'updatedAt'].filter((name) => name in example).map((name) => [name, world.now()]);
  const own = { ...('id' in example && { id }), ...('version' in example && { version: 1 }) };
  return withFields({ ...example, ...own, ...Object.fromEntries(times) }, body);
}

/** Answers by what the list of the same resource holds, where that holds the same kind of thing. */
function fromList(route: Route, items: object[], asked: Asked, world: World): Reply | undefined {
  const listName = `${route.context}.${route.resource}.list`;
  if (Object.keys(asked.params).length === 0) {
    if (route.verb !== 'create') return undefined;
    const made = created(route, asked.body, world);
    const id = memberOf(made, 'id');
    if (id !== undefined && items.some((item) => memberOf(item, 'id') === id) && world.lists.isGiven(listName))
      return { problem: 'already_exists', detail: `There is already one with the id ${String(id)}.` };
    items.push(made);
    return { status: route.status, body: made };
  }
  const index = items.findIndex((item) => isNamed(item, asked.params));
  const item = items[index];
  if (item === undefined) return world.lists.isGiven(listName) ? NOT_FOUND : undefined;
  if (route.method === 'PUT' || route.method === 'PATCH') {
    const stale = route.hasEtag ? staleness(item, asked) : undefined;
    if (stale !== undefined) return stale;
    const next = changed(item, asked.body, world.now());
    items[index] = next;
    return { status: route.status, body: next };
  }
  if (route.method === 'DELETE' && route.segments.at(-1)?.startsWith(':') === true) items.splice(index, 1);
  return { status: route.status, body: item };
}

/** An example, under the id that was asked for. */
function exampleFor(route: Route, { params }: Asked): object | undefined {
  const example = route.example();
  const [name, wanted] = Object.entries(params).at(-1) ?? [];
  const isOfIt = route.segments.at(-1) === `:${name}`;
  return example !== undefined && name !== undefined && isOfIt && typeof memberOf(example, name) === 'string'
    ? { ...example, [name]: wanted }
    : example;
}

/** What an operation answers for which nothing is simulated but the list of its resource. */
export function genericReply(route: Route, asked: Asked, world: World): Reply {
  if (route.isList) return pageOf(route.name, world.lists.named(route.name) ?? [], asked);
  const listName = `${route.context}.${route.resource}.list`;
  const items = routeNamed(listName)?.example() !== undefined ? world.lists.named(listName) : undefined;
  const isSameKind = keysOf(routeNamed(listName)?.example()) === keysOf(route.example());
  const answered =
    items !== undefined && (isSameKind || route.status === 204) ? fromList(route, items, asked, world) : undefined;
  if (answered !== undefined) return route.status === 204 && !('problem' in answered) ? { status: 204 } : answered;
  return { status: route.status, body: exampleFor(route, asked) };
}

function keysOf(value: object | undefined): string {
  return Object.keys(value ?? {}).join();
}
