import { newId } from './id.ts';
import { isObject } from './object.ts';

/** An event with an id counts once however often it is sent. */
function withId(event: unknown): unknown {
  return isObject(event) && !('id' in event && event.id !== undefined) ? { ...event, id: newId('evt') } : event;
}

/** A body of one event or of many, where each of them has an id. */
export function withIds(body: unknown): unknown {
  if (!(isObject(body) && 'events' in body && Array.isArray(body.events))) return withId(body);
  return { ...body, events: body.events.map(withId) };
}
