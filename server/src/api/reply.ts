import type { PlacedRoute } from '@laurel/contract';

/** What is sent back, before it is written as an HTTP answer. */
export interface Reply {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
}

/** The `ETag` of a body, on routes that have one: its revision, where drafts count too, or its version (RFC 9110, section 8.8.3). */
export function etagOf(placed: PlacedRoute, body: unknown): Record<string, string> {
  if (placed.meta?.etag !== true || typeof body !== 'object' || body === null) return {};
  const state = 'revision' in body ? body.revision : 'version' in body ? body.version : undefined;
  return state === undefined ? {} : { etag: `"v${state}"` };
}

/** The reply of a route's one good answer. */
export function replyOf(placed: PlacedRoute, body: unknown): Reply {
  return { status: 201 in placed.route.responses ? 201 : 200, body, headers: etagOf(placed, body) };
}
