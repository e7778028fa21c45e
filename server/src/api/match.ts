import type { PlacedRoute } from '@laurel/contract';

/** Which methods a path answers to. */
export type MethodsOf = (path: string) => readonly string[];

/** Makes the look-up of the methods that any route offers at a path, to tell 405 from 404. */
export function createMethodsOf(routes: readonly PlacedRoute[]): MethodsOf {
  const patterns = routes.map(({ route }) => ({
    method: route.method,
    pattern: new RegExp(`^${route.path.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/:[A-Za-z]+/g, '[^/]+')}/?$`),
  }));
  return (path) => [...new Set(patterns.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method))];
}

/** Makes the look-up of the route that a path belongs to, with the values of its parameters. */
export function createParamsOf(
  routes: readonly PlacedRoute[],
): (path: string) => { readonly placed: PlacedRoute; readonly params: Readonly<Record<string, string>> } | undefined {
  const patterns = routes.map((placed) => ({
    placed,
    pattern: new RegExp(
      `^${placed.route.path.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/:([A-Za-z]+)/g, '(?<$1>[^/]+)')}/?$`,
    ),
  }));
  return (path) => {
    for (const { placed, pattern } of patterns) {
      const match = pattern.exec(path);
      if (match !== null) return { placed, params: { ...match.groups } };
    }
    return undefined;
  };
}
