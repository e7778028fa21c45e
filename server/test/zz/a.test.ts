import { afterAll, beforeAll, expect, test } from 'vitest';
import { ACME, call, ACME_SIDE } from '../support/platform.ts';
import { openRoles, done, roleBody, ROLES, type RolesWorld } from '../permissions/world.ts';

let w: RolesWorld;
beforeAll(async () => { w = await openRoles(); });
afterAll(() => w.close());

test('writable', async () => {
  const ws = await done(w.backend, 'GET', '/dashboard/v1/workspace');
  const patch = async (_: number, body: object) => { const { headers } = await call(w.backend, 'GET', '/dashboard/v1/workspace'); return call(w.backend, 'PATCH', '/dashboard/v1/workspace', { body, headers: { 'if-match': headers.etag ?? '' } }); };
  const a = await patch(ws.body.version as number, { userAttributes: { region: { type: 'string', playersMay: 'read' } } });
  console.log(a.status, a.text.slice(0, 200));
  await done(w.backend, 'POST', '/dashboard/v1/users', { id: 'south1', attributes: { region: 'south' } });
  await done(w.backend, 'POST', '/dashboard/v1/users', { id: 'north1', attributes: { region: 'north' } });
  const north = await w.holder({ permissions: ['dashboard:users.read'], conditions: { users: { attribute: 'region', values: ['north'] } } });
  console.log((await call(north, 'GET', '/dashboard/v1/users/south1')).status, (await call(north, 'GET', '/dashboard/v1/users/north1')).status);
  const b = await patch(Number(a.body.version), { userAttributes: { region: { type: 'string', playersMay: 'write' } } });
  console.log('write decl', b.status, b.text.slice(0, 200));
  const player = await w.platform.player(ACME, 'south1');
  const me = await call(player, 'GET', '/app/v1/me');
  const c = await call(player, 'PATCH', '/app/v1/me', { body: { attributes: { region: 'north' } }, headers: { 'if-match': me.headers.etag ?? '' } });
  console.log(c.status, c.text.slice(0, 200));
  console.log('after', (await call(north, 'GET', '/dashboard/v1/users/south1')).status, (await call(north, 'GET', '/dashboard/v1/users')).text.slice(0, 300));
});

test('hostile values', async () => {
  for (const values of [['\ud800'], ['a"b\\'], ['\u2028'], ['x\u0000'], [' '], [-0], [1e300], [5e-324]]) {
    const r = await call(w.backend, 'POST', ROLES, { body: roleBody({ conditions: { users: { attribute: 'region', values } } }) });
    console.log(JSON.stringify(values), r.status, r.text.slice(0, 160));
  }
});

