import { type AppRouter, ContractNoBody } from '@ts-rest/core';
import * as z from 'zod';
import { type PlacedRoute, type RouteMeta, routesOf } from '../src/index.ts';

/** A route that can be generated from: one with metadata. */
export interface DeclaredRoute extends PlacedRoute {
  readonly meta: RouteMeta;
}

/**
 * Every route of the contract, in the order of declaration.
 * @throws if a route has no metadata. The server refuses such a route to everybody; a generator that left it out
 * would hide that, so it stops and names it.
 */
export function declaredRoutes(contract: AppRouter): DeclaredRoute[] {
  return routesOf(contract).map((placed) => {
    const { meta } = placed;
    if (meta === undefined) throw new Error(`${placed.name} has no metadata: declare it with reads() or changes().`);
    return { ...placed, meta };
  });
}

/** The resource that a route belongs to: `missions` of `missions.list`. */
export function resourceOf(placed: PlacedRoute): string {
  return placed.operation.split('.')[0] ?? placed.operation;
}

/** The schema of a part of a route; nothing where the route has no such part. */
function schemaOf(placed: PlacedRoute, part: string, value: unknown): z.ZodType | undefined {
  if (value === undefined || value === null || value === ContractNoBody) return undefined;
  if (value instanceof z.ZodType) return value;
  throw new Error(`${placed.name}: its ${part} is not a zod schema.`);
}

/** The body that a route takes. */
export function bodyOf(placed: PlacedRoute): z.ZodType | undefined {
  return schemaOf(placed, 'body', 'body' in placed.route ? placed.route.body : undefined);
}

/** The query that a route takes. */
export function queryOf(placed: PlacedRoute): z.ZodType | undefined {
  return schemaOf(placed, 'query', placed.route.query);
}

/** The parameters of a route's path. */
export function paramsOf(placed: PlacedRoute): z.ZodType | undefined {
  return schemaOf(placed, 'path parameters', placed.route.pathParams);
}

/** A route's good answers: the status and what it carries. */
export function answersOf(placed: PlacedRoute): { status: number; schema: z.ZodType | undefined }[] {
  return Object.entries(placed.route.responses).map(([status, response]) => ({
    status: Number(status),
    schema: schemaOf(placed, `answer ${status}`, response),
  }));
}

/** Whether a route changes something that the caller must have read before: it demands If-Match. */
export function demandsIfMatch({ route, meta }: DeclaredRoute): boolean {
  return meta.etag === true && (route.method === 'PUT' || route.method === 'PATCH');
}
