import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { mintPlayerToken } from '../../src/identity/player-token.ts';
import type { RoleId } from '../../src/identity/principal.ts';
import { type LocalOptions, type LocalPlatform, startPlatform, type WorkspaceAccess } from '../../src/local/index.ts';
import { type Table, TTL_ATTRIBUTE } from '../../src/store/table.ts';
import { namedBacking } from './endpoint.ts';
import type { Access } from './http.ts';
import { accessTokenOf, signIn } from './sign-in.ts';

export { type Access, type Answer, call, type Parcel } from './http.ts';

/** A workspace, by its two names. */
export interface Place {
  readonly tenant: string;
  readonly workspace: string;
}

/** Two tenants with two workspaces each. */
export const ACME: Place = { tenant: 'acme', workspace: 'main' };
export const ACME_SIDE: Place = { tenant: 'acme', workspace: 'side' };
export const BOLT: Place = { tenant: 'bolt', workspace: 'main' };
export const BOLT_SIDE: Place = { tenant: 'bolt', workspace: 'side' };
export const places: readonly Place[] = [ACME, ACME_SIDE, BOLT, BOLT_SIDE];

/** The place of whoever runs the platform. */
export const OPERATIONS: Place = { tenant: 'laurel', workspace: 'operations' };

/** A whole platform with the four workspaces, and ways to call it as somebody. */
export interface TestPlatform {
  readonly platform: LocalPlatform;
  readonly table: Table;
  /** A machine of the workspace: with all of a workspace's scopes, or with a new credential that has just these. */
  machine(place: Place, scopes?: readonly string[]): Promise<Access>;
  /** A machine of whoever runs the platform, with every scope. */
  platformMachine(): Promise<Access>;
  /** The client of a user, who must exist. */
  player(place: Place, userId: string): Promise<Access>;
  /** Somebody who has signed in, with a role in the workspace. */
  operator(place: Place, role: RoleId): Promise<Access>;
  /** The same tenant without a token. */
  stranger(place: Place): Access;
  /** All that the table holds, as text: equal texts are equal tables. */
  snapshot(): Promise<string>;
  close(): Promise<void>;
}

async function tokenOf(access: WorkspaceAccess): Promise<string> {
  const basic = Buffer.from(`${access.clientId}:${access.clientSecret}`).toString('base64');
  const answer = await fetch(access.tokenEndpoint, {
    method: 'POST',
    headers: { authorization: `Basic ${basic}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
  return accessTokenOf(await answer.json());
}

async function asMachine(access: WorkspaceAccess): Promise<Access> {
  return { baseUrl: access.baseUrl, token: await tokenOf(access) };
}

/** Whether an item's time is over, or nearly: the table sweeps such items away at any moment, whatever a test does. */
function mayGo(expiresAt: unknown): boolean {
  return typeof expiresAt === 'number' && expiresAt < Date.now() / 1000 + 15 * 60;
}

/** The audit's own, in whatever workspace. */
const AUDIT = /^T#[^#]+#W#[^#]+#AUDIT#/;

/**
 * Everything in a table that stays, an item a line, in the order of the keys; but for the audit's records: whatever is done
 * or refused leaves one, so it is no part of what a test compares.
 */
export async function snapshotOf({ client, name }: Table): Promise<string> {
  const lines: string[] = [];
  let start: Record<string, unknown> | undefined;
  do {
    const page = await client.send(
      new ScanCommand({
        TableName: name,
        ConsistentRead: true,
        // There may be many more records that wait than all else: they need not even be told.
        FilterExpression: 'NOT contains(pk, :waiting)',
        ExpressionAttributeValues: { ':waiting': '#AUDIT#OUTBOX#' },
        ...(start && { ExclusiveStartKey: start }),
      }),
    );
    for (const { pk, sk, ...rest } of page.Items ?? []) {
      if (!mayGo(rest[TTL_ATTRIBUTE]) && !AUDIT.test(String(pk))) lines.push(JSON.stringify([pk, sk, sorted(rest)]));
    }
    start = page.LastEvaluatedKey;
  } while (start !== undefined);
  return lines.toSorted().join('\n');
}

/** A value with the keys of its objects in order, at every depth. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, one]) => [key, sorted(one)]));
}

/** Starts a platform, in memory or at the endpoint that is named, on a free port, with the four workspaces open. */
export async function startTestPlatform(
  options: Pick<
    LocalOptions,
    'clock' | 'destinations' | 'backing' | 'mail' | 'domainProofs' | 'limits' | 'logLevel'
  > = {},
): Promise<TestPlatform> {
  const backing = options.backing === undefined ? await namedBacking() : {};
  // No test asks the DNS of the machine.
  const domainProofs = { textsAt: async () => [] };
  const quiet = { data: ':memory:', port: 0, logLevel: 'SILENT', domainProofs } as const;
  const platform = await startPlatform({ ...quiet, ...backing, ...options });
  const { table, tokens } = platform.inside.platform;
  const urlOf = ({ tenant }: Place) => `${platform.baseUrl}/${tenant}`;
  const full = new Map<string, Promise<Access>>();
  for (const place of places) {
    full.set(`${place.tenant}/${place.workspace}`, asMachine(await platform.createWorkspaceClient(place)));
  }
  let people = 0;
  return {
    platform,
    table,
    async machine(place, scopes) {
      const known = scopes === undefined ? full.get(`${place.tenant}/${place.workspace}`) : undefined;
      return known ?? asMachine(await platform.createWorkspaceClient(place, scopes));
    },
    async platformMachine() {
      return asMachine(await platform.createPlatformClient());
    },
    async player(place, userId) {
      const minted = await mintPlayerToken(tokens, { ...place, user: userId, now: Date.now() });
      return { baseUrl: urlOf(place), token: minted.token };
    },
    async operator(place, role) {
      people += 1;
      const person = { email: `${role}-${people}@example.com`, password: 'correct horse battery staple' };
      await platform.createOperator(place, { ...person, role });
      return { baseUrl: urlOf(place), token: await signIn(platform.baseUrl, person) };
    },
    stranger: (place) => ({ baseUrl: urlOf(place) }),
    async snapshot() {
      await platform.inside.streams.settled();
      return snapshotOf(table);
    },
    close: () => platform.close(),
  };
}
