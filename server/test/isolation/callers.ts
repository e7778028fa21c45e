import { type Role, roles } from '../../src/identity/principal.ts';
import { allScopes, workspaceScopes } from '../../src/provision.ts';
import { revokeClient } from '../../src/store/clients.ts';
import { commit } from '../../src/store/commit.ts';
import { workspaceScope } from '../../src/store/scope.ts';
import { claimsOf, memberWrites } from '../support/members.ts';
import { ACME, ACME_SIDE, type Access, BOLT, call, OPERATIONS, type Place } from '../support/platform.ts';
import type { CallerFacts } from './oracle.ts';
import type { World } from './world.ts';

/** Somebody who calls the tenant's API. */
export interface CallerKind {
  readonly name: string;
  readonly access: Access;
  /** Nobody at all where there are none. */
  readonly facts: CallerFacts | undefined;
}

/** Of a tenant that nothing else uses, so that it may be suspended. */
const QUIET: Place = { tenant: 'quiet', workspace: 'main' };

/** Of this tenant, and of nobody's use. */
const RESTING: Place = { tenant: ACME.tenant, workspace: 'resting' };

type Facts = Partial<CallerFacts> & Pick<CallerFacts, 'kind'>;

function factsOf(place: Place, own: Facts): CallerFacts {
  return { ...place, standing: 'active', runsPlatform: place.tenant === OPERATIONS.tenant, ...own };
}

/** Whoever belongs elsewhere, with their own token at this tenant's door. */
const atHome = (home: Access, { token }: Access): Access => ({
  baseUrl: home.baseUrl,
  ...(token === undefined ? {} : { token }),
});

async function suspendUser(home: Access, userId: string): Promise<void> {
  const path = `/dashboard/v1/users/${userId}`;
  const { body } = await call(home, 'GET', path);
  const headers = { 'if-match': `"v${String(body.version)}"` };
  const answer = await call(home, 'PATCH', path, { body: { status: 'suspended' }, headers });
  if (answer.status !== 200) throw new Error(answer.text);
}

/** Members of every role, here and elsewhere. */
async function people({ operator, home }: World): Promise<CallerKind[]> {
  const kinds: CallerKind[] = [];
  const add = async (name: string, place: Place, role: Role) => {
    const facts = factsOf(place, { kind: 'operator', role });
    kinds.push({ name, access: await operator(place, role), facts });
  };
  for (const role of roles) await add(role, ACME, role);
  await add('owner of another workspace', ACME_SIDE, 'owner');
  await add('viewer of another workspace', ACME_SIDE, 'viewer');
  await add('owner of the platform', OPERATIONS, 'owner');
  await add('admin of the platform', OPERATIONS, 'admin');
  const bolt = await operator(BOLT, 'owner');
  const facts = factsOf(BOLT, { kind: 'operator', role: 'owner' });
  return [...kinds, { name: 'owner of another tenant', access: atHome(home, bolt), facts }];
}

/** Players, here and elsewhere. */
async function players({ player, home, own, others }: World): Promise<CallerKind[]> {
  const of = async (name: string, place: Place, userId: string): Promise<CallerKind> => ({
    name,
    access: atHome(home, await player(place, userId)),
    facts: factsOf(place, { kind: 'player' }),
  });
  return [
    await of('player', ACME, own.userId),
    await of('other player', ACME, `${own.mark}.mate`),
    await of('player of another workspace', ACME_SIDE, others[0]?.userId ?? ''),
    await of('player of another tenant', BOLT, others[1]?.userId ?? ''),
  ];
}

/** Those who were let in once. */
async function fallen(world: World): Promise<CallerKind[]> {
  const { table, platform, machine, operator, player, home, own } = world;
  const { platform: inside } = platform.inside;
  const scope = workspaceScope(ACME.tenant, ACME.workspace);
  const must = async (writes: Parameters<typeof commit>[1]) => {
    const { kind } = await commit(table, writes);
    if (kind !== 'committed') throw new Error(kind);
  };

  const revoked = await machine(ACME, allScopes());
  const { client_id: clientId } = claimsOf(revoked);
  await must(revokeClient(table, scope, String(clientId), inside.clock.now()));

  const member = await operator(ACME, 'owner');
  const { sub } = claimsOf(member);
  await must(await memberWrites(table, scope, { subject: String(sub), role: 'owner', status: 'suspended' }));

  const former = `${own.mark}.former`;
  await call(home, 'POST', '/dashboard/v1/users', { body: { id: former } });
  await suspendUser(home, former);

  const erased = `${own.mark}.erased`;
  await call(home, 'POST', '/dashboard/v1/users', { body: { id: erased } });
  const erasure = await call(home, 'POST', `/dashboard/v1/users/${erased}/erase`);
  if (erasure.body.status !== 'completed') throw new Error(erasure.text);

  const quiet = await platform.createWorkspaceClient(QUIET);
  const quietMachine = await machine(QUIET);
  const suspended = await call(world.root, 'POST', `/platform/v1/tenants/${QUIET.tenant}/suspend`);
  if (suspended.status !== 200) throw new Error(suspended.text);
  await platform.createWorkspaceClient(RESTING);
  const restingMachine = await machine(RESTING);
  const restingOwner = await operator(RESTING, 'owner');
  const archived = await call(
    world.root,
    'POST',
    `/platform/v1/tenants/${RESTING.tenant}/workspaces/${RESTING.workspace}/archive`,
  );
  if (archived.status !== 200) throw new Error(archived.text);
  const standing = 'suspended' as const;
  return [
    { name: 'revoked machine', access: revoked, facts: factsOf(ACME, { kind: 'machine', standing: 'unknown' }) },
    { name: 'suspended member', access: member, facts: factsOf(ACME, { kind: 'operator', role: 'owner', standing }) },
    {
      name: 'suspended player',
      access: await player(ACME, former),
      facts: factsOf(ACME, { kind: 'player', standing }),
    },
    {
      name: 'erased player',
      access: await player(ACME, erased),
      facts: factsOf(ACME, { kind: 'player', standing: 'unknown' }),
    },
    {
      name: 'machine of a suspended tenant',
      access: { ...quietMachine, baseUrl: quiet.baseUrl },
      facts: factsOf(QUIET, { kind: 'machine', scopes: allScopes(), standing }),
    },
    {
      name: 'machine of an archived workspace',
      access: restingMachine,
      facts: factsOf(RESTING, { kind: 'machine', scopes: workspaceScopes(), standing }),
    },
    {
      name: 'owner in an archived workspace',
      access: restingOwner,
      facts: factsOf(RESTING, { kind: 'operator', role: 'owner', standing }),
    },
  ];
}

/** Machines that are the same for each route. */
async function machines({ machine, home, root }: World): Promise<CallerKind[]> {
  const every = { kind: 'machine', scopes: allScopes() } as const;
  return [
    { name: 'machine', access: home, facts: factsOf(ACME, { kind: 'machine', scopes: workspaceScopes() }) },
    {
      name: 'machine of another workspace',
      access: atHome(home, await machine(ACME_SIDE, allScopes())),
      facts: factsOf(ACME_SIDE, every),
    },
    { name: 'machine of another tenant', access: atHome(home, await machine(BOLT)), facts: factsOf(BOLT, every) },
    { name: 'machine of the platform', access: root, facts: factsOf(OPERATIONS, every) },
    {
      name: 'machine of the platform at another door',
      access: atHome(home, root),
      facts: factsOf(OPERATIONS, every),
    },
  ];
}

/** Every kind of caller that is the same for each route. */
export async function callersOf(world: World): Promise<readonly CallerKind[]> {
  return [
    { name: 'nobody', access: world.stranger(ACME), facts: undefined },
    { name: 'broken token', access: { ...world.home, token: `${world.home.token}x` }, facts: undefined },
    ...(await players(world)),
    ...(await people(world)),
    ...(await machines(world)),
    ...(await fallen(world)),
  ];
}

/** Machines with exactly a route's scope, and with all but that. */
export function machinesByScope({ machine }: World) {
  const made = new Map<string, Promise<readonly CallerKind[]>>();
  const make = async (scope: string, place: Place): Promise<readonly CallerKind[]> => {
    const rest = allScopes().filter((one) => one !== scope);
    return [
      {
        name: 'machine with exactly the scope',
        access: await machine(place, [scope]),
        facts: factsOf(place, { kind: 'machine', scopes: [scope] }),
      },
      {
        name: 'machine with all other scopes',
        access: await machine(place, rest),
        facts: factsOf(place, { kind: 'machine', scopes: rest }),
      },
    ];
  };
  return (scope: string, place: Place) => {
    const name = `${place.tenant}/${place.workspace} ${scope}`;
    const known = made.get(name) ?? make(scope, place);
    made.set(name, known);
    return known;
  };
}
