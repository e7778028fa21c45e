import { answers } from '../../generated/answers.ts';
import { examples } from '../../generated/examples.ts';

/** An operation as the mock sees it. */
export interface Route {
  /** `app.missions.list` */
  readonly name: string;
  readonly context: string;
  readonly resource: string;
  readonly verb: string;
  readonly method: string;
  /** The segments of its path, `:id` for a parameter. */
  readonly segments: readonly string[];
  readonly status: number;
  readonly isList: boolean;
  readonly hasEtag: boolean;
  /** What it answers with, or what its pages hold: a copy each time; undefined where it answers with nothing. */
  example(): object | undefined;
}

const byName = new Map<string, object>(Object.entries(examples));

function routeOf([name, line]: readonly [string, string]): Route {
  const [context = '', resource = '', verb = ''] = name.split('.');
  const [method = '', path = '', kind = '', example = ''] = line.split(' ');
  return {
    name,
    context,
    resource,
    verb,
    method,
    segments: path.split('/').slice(1),
    status: Number.parseInt(kind, 10),
    isList: kind.includes('*'),
    hasEtag: kind.includes('='),
    example: () => structuredClone(byName.get(example)),
  };
}

/** All operations of the contract. */
export const routes: readonly Route[] = Object.entries(answers).map(routeOf);

const places = new Map(routes.map((route) => [route.name, route]));

/** The operation of this name. */
export function routeNamed(name: string): Route | undefined {
  return places.get(name);
}

/** A route that a request asks for, and what stands in the places of its path. */
export interface Found {
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
}

function paramsIn(route: Route, segments: readonly string[]): Record<string, string> | undefined {
  if (route.segments.length !== segments.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, wanted] of route.segments.entries()) {
    const segment = segments[index] ?? '';
    if (wanted.startsWith(':')) params[wanted.slice(1)] = decodeURIComponent(segment);
    else if (wanted !== segment) return undefined;
  }
  return params;
}

/** The route of a request, by its path below the base URL: fixed segments win over parameters. */
export function findRoute(method: string, path: string): Found | undefined {
  const segments = path.split('/').slice(1);
  const found = routes.flatMap((route): Found[] => {
    const params = route.method === method ? paramsIn(route, segments) : undefined;
    return params === undefined ? [] : [{ route, params }];
  });
  return found.toSorted((a, b) => Object.keys(a.params).length - Object.keys(b.params).length)[0];
}
