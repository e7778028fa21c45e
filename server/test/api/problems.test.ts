import { readFile } from 'node:fs/promises';
import { type ProblemCode, problems } from '@laurel/contract';
import { afterAll, expect, test } from 'vitest';
import { ATTEMPTS } from '../../src/api/attempts.ts';
import { furnish, nameIn } from '../support/examples.ts';
import { ACME, type Answer, call, startTestPlatform } from '../support/platform.ts';
import { expectProblem } from '../support/problems.ts';

const laurel = await startTestPlatform();
afterAll(() => laurel.close());
const home = await laurel.machine(ACME);
const { mark, userId, eventId } = await furnish(home, ACME);
const { engine } = laurel.platform.inside.database;

const USERS = '/dashboard/v1/users';
const currency = nameIn(mark, 'xp');
const activity = nameIn(mark, 'lesson.completed');
const track = (body: object) => call(home, 'POST', '/dashboard/v1/events', { body: { userId, activity, ...body } });

async function trackSuspended(): Promise<Answer> {
  const { body: user } = await call(home, 'POST', USERS, { body: {} });
  const headers = { 'if-match': '"v1"' };
  await call(home, 'PATCH', `${USERS}/${user.id}`, { body: { status: 'suspended' }, headers });
  return track({ userId: user.id });
}

/** A streak of lessons with a condition. */
function streakWith(condition: string) {
  return { name: { en: 'Daily' }, cadence: 'day', zone: 'UTC', activity, condition };
}

/** Posts one unit of the example's currency on the user. */
function post(kind: 'credit' | 'debit' | 'hold'): Promise<Answer> {
  const legs = [{ userId, currency, amount: 1_000_000 }];
  return call(home, 'POST', '/dashboard/v1/ledger/transactions', { body: { kind, legs, note: 'a test' } });
}

async function reuseKey(): Promise<Answer> {
  const headers = { 'idempotency-key': 'one' };
  await call(home, 'POST', USERS, { body: {}, headers });
  return call(home, 'POST', USERS, { body: { displayName: 'Ada' }, headers });
}

async function withoutDatabase(): Promise<Answer> {
  const other = await laurel.machine(ACME, ['workspace:read']);
  // The authorizer cannot tell who calls.
  engine.failNext({ operation: 'GetItem', error: { name: 'ResourceNotFoundException' } });
  return call(other, 'GET', '/dashboard/v1/workspace');
}

const TEAMS = '/dashboard/v1/teams';

/** A team that takes nobody, for one reason or another. */
async function joinTeam(settings: object, before?: (team: string) => Promise<Answer>): Promise<Answer> {
  const { body: team } = await call(home, 'POST', TEAMS, { body: { name: 'Pandas', ...settings } });
  const { body: user } = await call(home, 'POST', USERS, { body: {} });
  await before?.(String(team.id));
  return call(home, 'POST', `/app/v1/teams/${team.id}/join`, { body: {}, headers: { 'x-user-id': String(user.id) } });
}

async function joinFullTeam(): Promise<Answer> {
  const { body: other } = await call(home, 'POST', USERS, { body: {} });
  return joinTeam({ capacity: 1 }, (team) =>
    call(home, 'POST', `${TEAMS}/${team}/members`, { body: { userId: other.id } }),
  );
}

async function joinSecondTeam(): Promise<Answer> {
  const { body: team } = await call(home, 'POST', TEAMS, { body: { name: 'Foxes' } });
  // Whom the furnished workspace has is in a team of it.
  return call(home, 'POST', `${TEAMS}/${team.id}/members`, { body: { userId } });
}

async function useNoFreeze(): Promise<Answer> {
  const id = nameIn(mark, 'daily');
  return call(home, 'POST', `/app/v1/streaks/${id}/freeze`, {
    body: { day: '2026-11-24' },
    headers: { 'x-user-id': userId },
  });
}

/** Claims what was earned long ago, and had to be claimed within a second. */
async function claimTooLate(): Promise<Answer> {
  const reward = { kind: 'currency', currency: nameIn(mark, 'xp'), amount: 1, claim: { within: 1 } };
  const rule = { id: 'late', name: { en: 'Late' }, trigger: { kind: 'event', activity }, rewards: [reward] };
  await call(home, 'POST', '/dashboard/v1/reward-rules', { body: rule });
  const { body } = await track({ id: 'long-ago', occurredAt: '2020-01-01T00:00:00Z' });
  await call(home, 'POST', '/dashboard/v1/reward-rules/late/archive');
  const { rewards } = Object(body.effects);
  const { claim } = rewards.find((one: { claim: object | null }) => one.claim !== null);
  return call(home, 'POST', `/app/v1/rewards/${claim.id}/claim`, { headers: { 'x-user-id': userId } });
}

/** Takes what nobody has left: the plan of a tenant of its own allows one workspace, which is there. */
async function openOneTooMany(): Promise<Answer> {
  const root = await laurel.platformMachine();
  await call(root, 'POST', '/platform/v1/tenants', { body: { slug: 'narrow', name: 'Narrow' } });
  const plan = { plan: 'free', overrides: { workspaces: 1 } };
  const set = { body: plan, headers: { 'if-match': '"v1"' } };
  await call(root, 'PUT', '/platform/v1/tenants/narrow/plan', set);
  const open = (slug: string) =>
    call(root, 'POST', '/platform/v1/tenants/narrow/workspaces', { body: { slug, name: slug } });
  await open('one');
  return open('two');
}

/** Removes the one owner of a workspace. */
async function removeLastOwner(): Promise<Answer> {
  const owner = await laurel.operator({ tenant: 'lonely', workspace: 'main' }, 'owner');
  const { body } = await call(owner, 'GET', '/dashboard/v1/me');
  return call(owner, 'DELETE', `/dashboard/v1/members/${body.id}`);
}

async function makeThirdSecret(): Promise<Answer> {
  const clients = '/dashboard/v1/api-clients';
  const { body } = await call(home, 'POST', clients, { body: { name: 'x', scopes: ['users:read'] } });
  const secrets = `${clients}/${Object(body.client).id}/secrets`;
  await call(home, 'POST', secrets, { body: {} });
  return call(home, 'POST', secrets, { body: {} });
}

async function verifyUnproven(): Promise<Answer> {
  const rules = '/dashboard/v1/domain-rules';
  const { body } = await call(home, 'POST', rules, { body: { domain: 'nowhere.invalid', role: 'viewer' } });
  return call(home, 'POST', `${rules}/${body.id}/verify`);
}

/** How each code comes about. A code that nothing answers with does not compile here. */
const causes: Readonly<Record<Exclude<ProblemCode, 'rate_limited'>, () => Promise<Answer>>> = {
  invalid_request: () => call(home, 'POST', USERS, { body: { unexpected: 1 } }),
  malformed_json: () => call(home, 'POST', USERS, { body: '{' }),
  invalid_cursor: () => call(home, 'GET', `${USERS}?cursor=x`),
  invalid_token: () => call(laurel.stranger(ACME), 'GET', USERS),
  forbidden: async () => call(await laurel.player(ACME, userId), 'GET', USERS),
  insufficient_scope: async () => call(await laurel.machine(ACME, ['users:read']), 'POST', USERS, { body: {} }),
  not_found: () => call(home, 'GET', `${USERS}/missing`),
  method_not_allowed: () => call(home, 'DELETE', USERS),
  already_exists: () => call(home, 'POST', USERS, { body: { id: userId } }),
  event_conflict: () => track({ id: eventId, value: 7 }),
  insufficient_funds: () => post('debit'),
  hold_closed: async () => {
    await post('credit');
    const { body } = await post('hold');
    const release = `/dashboard/v1/ledger/holds/${Object(body.holds)[0]}/release`;
    await call(home, 'POST', release);
    return call(home, 'POST', release);
  },
  sold_out: async () => {
    const body = { id: 'none-left', name: { en: 'None left' }, price: [{ currency, amount: 1 }], stock: 0 };
    await call(home, 'POST', '/dashboard/v1/catalog-items', { body });
    await post('credit');
    return call(home, 'POST', '/app/v1/catalog/none-left/redeem', { headers: { 'x-user-id': userId } });
  },
  already_reversed: async () => {
    const { body } = await post('credit');
    const reverse = `/dashboard/v1/ledger/transactions/${body.id}/reverse`;
    await call(home, 'POST', reverse, { body: { note: 'once' } });
    return call(home, 'POST', reverse, { body: { note: 'twice' } });
  },
  in_use: () => call(home, 'POST', `/dashboard/v1/activities/${activity}/archive`),
  outdated: () => call(home, 'POST', `/dashboard/v1/activities/${activity}/publish`, { body: { revision: 9 } }),
  conflict: async () => {
    // What follows the table in the background must not take the failures that are meant for the call.
    await laurel.platform.inside.streams.settled();
    const cancellationReasons = [{ Code: 'TransactionConflict' }];
    engine.failNext({ operation: 'TransactWriteItems', error: { cancellationReasons }, times: ATTEMPTS });
    return call(home, 'POST', USERS, { body: {} });
  },
  no_freeze_left: useNoFreeze,
  team_full: joinFullTeam,
  team_closed: () => joinTeam({ joining: 'closed' }),
  already_in_team: joinSecondTeam,
  plan_limit_reached: openOneTooMany,
  last_owner: removeLastOwner,
  too_many_secrets: makeThirdSecret,
  invalid_code: () => call(home, 'POST', '/dashboard/v1/invitations/accept', { body: { token: 'x' } }),
  domain_not_proven: verifyUnproven,
  claim_expired: claimTooLate,
  version_mismatch: () => call(home, 'PATCH', `${USERS}/${userId}`, { body: {}, headers: { 'if-match': '"v9"' } }),
  body_too_large: () => call(home, 'POST', USERS, { body: Buffer.alloc(300_000, 0x20) }),
  unsupported_media_type: () => call(home, 'POST', USERS, { body: '{}', headers: { 'content-type': 'text/xml' } }),
  unprocessable: trackSuspended,
  time_out_of_range: () => track({ id: 'later', occurredAt: '9999-01-01T00:00:00Z' }),
  unknown_reference: () => track({ id: 'other', activity: 'missing' }),
  invalid_expression: () => call(home, 'POST', '/dashboard/v1/streaks', { body: streakWith('event.valeu > 1') }),
  destination_not_allowed: () => call(home, 'POST', '/dashboard/v1/webhooks', { body: { url: 'https://127.0.0.1/x' } }),
  idempotency_mismatch: reuseKey,
  precondition_required: () => call(home, 'PATCH', `${USERS}/${userId}`, { body: {} }),
  headers_too_large: () => call(home, 'GET', USERS, { headers: { 'x-note': 'x'.repeat(20_000) } }),
  internal_error: () => {
    engine.failNext({ operation: 'TransactWriteItems', error: { name: 'ValidationException' } });
    return call(home, 'POST', USERS, { body: {} });
  },
  unavailable: withoutDatabase,
};

// One after the other: a fault hits whoever asks next.
test.each(Object.entries(causes))('%s is answered', async (code, cause) => {
  const answer = await cause();
  const known = Object.keys(problems).find((one): one is ProblemCode => one === code);
  expect(known).toBeDefined();
  const problem = expectProblem(answer, known ?? 'internal_error');
  expect(problem.detail.length).toBeGreaterThan(10);
  if (answer.status === 503) expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
});

test('rate_limited is answered by the gateway on AWS, which counts', async () => {
  const responses = new URL('../../../infra/src/gateway-responses.ts', import.meta.url);
  expect(await readFile(responses, 'utf8')).toMatch(/THROTTLED: 'rate_limited'/);
});
