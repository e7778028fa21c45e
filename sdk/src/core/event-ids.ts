import { newId } from './id.ts';
import { isObject } from './object.ts';

/** An event with an id counts once however often it is sent. */
function withId(event: unknown): unknown {
  if (!isObject(event)) return event;
  const { id = newId('evt') }: { readonly id?: unknown } = event;
  return { ...event, id };
}

/** A body of one event or of many, where each of them has an id. */
export function withIds(body: unknown): unknown {
  if (!(isObject(body) && 'events' in body && Array.isArray(body.events))) return withId(body);
  return { ...body, events: body.events.map(withId) };
}
