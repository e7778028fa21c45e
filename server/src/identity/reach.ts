import type { ExternalPlayer, Principal } from './principal.ts';

/**
 * The parts of a tenant's API that a caller can ever reach, as `{method}/{path}` with `*`: the outer fence, which API
 * Gateway keeps by the token alone and uses for all routes. So it depends on who calls and on nothing of the call, and it
 * is never narrower than what the policies might permit: they decide each call, and refuse in their own words.
 *
 * A player never gets to what operators and backends use, an operator never to what players use, and a viewer changes
 * nothing: what viewers may send is asked by POST.
 */
export function reachOf(caller: Principal | ExternalPlayer): readonly string[] {
  switch (caller.kind) {
    case 'machine':
      return ['*'];
    case 'operator':
      return methodsOf(caller).flatMap((method) => [`${method}/dashboard/*`, `${method}/platform/*`]);
    default:
      return ['*/app/*'];
  }
}

function methodsOf({ role }: Principal): readonly string[] {
  return role === 'viewer' ? ['GET', 'HEAD', 'POST'] : ['*'];
}
