import { contract, type PlacedRoute, routesOf } from '@laurel/contract';
import { readyPath } from '../../../server/test/support/definition-life.ts';
import { fillPath, furnish } from '../../../server/test/support/examples.ts';
import {
  ACME,
  ACME_SIDE,
  type Access,
  BOLT,
  call,
  startTestPlatform,
  type TestPlatform,
} from '../../../server/test/support/platform.ts';

/** The version of what is at a path, or of what it is a part of. */
async function versionAt(access: Access, path: string): Promise<string> {
  for (const place of [path, path.replace(/\/[^/]+$/, '')]) {
    const { etag } = (await call(access, 'GET', place)).headers;
    if (etag !== undefined) return etag;
  }
  return '"v1"';
}

/** A draft is read where one waits: as before it is discarded. */
function readyAs(placed: PlacedRoute): PlacedRoute {
  const name = placed.name.replace(/\.draft$/, '.discardDraft');
  return routesOf(contract).find((one) => one.name === name) ?? placed;
}

/** What only people do: to come into another workspace by a code, and to clone one of their tenant. */
async function walkAsPeople(laurel: TestPlatform): Promise<void> {
  const owner = await laurel.operator(ACME, 'owner');
  const side = await laurel.machine(ACME_SIDE);
  const gives = { kind: 'membership', role: 'viewer' };
  const { body } = await call(side, 'POST', '/dashboard/v1/join-codes', { body: { name: 'Side', gives } });
  await call(owner, 'POST', '/dashboard/v1/join-codes/redeem', { body: { code: body.code } });
  const copy = { slug: 'copy', name: 'Copy' };
  await call(owner, 'POST', '/platform/v1/tenants/acme/workspaces/main/clone', { body: copy });
}

/**
 * Calls every route of the contract with its example, by whoever it is for: a new route is among them by itself. What
 * an example alone cannot bring about is left to the scenarios; together they must have answered every route.
 */
export async function walk(): Promise<void> {
  const dns = new Map<string, string[]>();
  const domainProofs = { textsAt: async (name: string) => dns.get(name) ?? [] };
  const laurel = await startTestPlatform({ domainProofs });
  try {
    const home = await laurel.machine(ACME);
    const root = await laurel.platformMachine();
    const furnished = await furnish(home, ACME);
    const player = await laurel.player(ACME, furnished.userId);
    const rules: unknown[] = Object((await call(home, 'GET', '/dashboard/v1/domain-rules')).body).items;
    for (const { record } of rules.map(Object)) dns.set(record.name, [record.value]);
    await walkAsPeople(laurel);
    const callers: Readonly<Record<string, readonly Access[]>> = { platform: [root], app: [player, home] };
    for (const placed of routesOf(contract)) {
      const { method, headers, body: example } = furnished.exampleOf(placed);
      const body = placed.name === 'platform.tenants.create' ? { ...example, slug: 'opened' } : example;
      // Whoever runs the platform does it to another tenant than the one that is walked through.
      const isPlatform = placed.context === 'platform';
      const path = isPlatform
        ? fillPath(placed.route.path, { ...BOLT, id: 'login' })
        : await readyPath(home, furnished, readyAs(placed));
      const version =
        headers['if-match'] === undefined ? {} : { 'if-match': await versionAt(isPlatform ? root : home, path) };
      // The player goes on playing: another one leaves.
      const own = placed.name === 'app.privacy.erase' ? [home] : callers[placed.context];
      for (const access of own ?? [home])
        await call(access, method, path, { headers: { ...headers, ...version }, ...(body && { body }) });
    }
    await laurel.platform.inside.streams.settled();
    // A second round, when there is a chain to go on with, and what was gathered in the meantime.
    for (let round = 0; round < 2; round += 1) {
      await call(home, 'GET', '/dashboard/v1/workspace');
      await laurel.platform.inside.sealer.seal();
    }
  } finally {
    await laurel.close();
  }
}
