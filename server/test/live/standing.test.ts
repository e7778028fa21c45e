import { request } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { commit } from '../../src/store/commit.ts';
import { happen } from '../../src/store/happen.ts';
import { saveHappenings } from '../../src/store/happenings.ts';
import { clientOf, openPeople, type People } from '../people/world.ts';
import { ACME_SIDE, type Access, BOLT, call, type Place } from '../support/platform.ts';
import { expectProblem } from '../support/problems.ts';
import { completed, scopeAt } from '../webhooks/world.ts';

let people: People;
beforeAll(async () => {
  people = await openPeople();
});
afterAll(() => people.test.close());

const LIVE = '/app/v1/live';

/** The client that a machine's token names; nobody where it is a player's. */
function clientIn({ token = '' }: Access): string {
  const claims: object = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
  return 'client_id' in claims ? String(claims.client_id) : 'nobody';
}

/** Commits what happened to a player, as ingest would. */
async function tell(place: Place, userId: string, sequence: number, mission: string): Promise<void> {
  const { newId } = people.platform.inside.platform;
  const happenings = happen({ newId, scope: scopeAt(place) }, userId, [completed(mission)]);
  const batch = { userId, sequence, at: new Date().toISOString(), happenings };
  await commit(people.test.table, saveHappenings(people.test.table, scopeAt(place), batch));
}

/** A stream that has told all that was there: what it told, and whether it is over. */
async function listening({ baseUrl, token }: Access, headers: Readonly<Record<string, string>>) {
  const heard = { text: '', isOver: false };
  await new Promise<void>((resolve, reject) => {
    const parcel = { headers: { authorization: `Bearer ${token}`, ...headers } };
    const sent = request(`${baseUrl}${LIVE}`, parcel, (answer) => {
      answer.on('data', (chunk) => {
        heard.text += String(chunk);
        if (heard.text.includes('event: ready')) resolve();
      });
      answer.on('close', () => {
        heard.isOver = true;
      });
    });
    sent.once('error', reject).end();
  });
  return heard;
}

/** Who listens for a player of a place, and what takes their right to call away. */
interface End {
  readonly by: 'player' | 'machine';
  readonly place: Place;
  readonly end: (userId: string, clientId: string) => Promise<unknown>;
}

const ends: Readonly<Record<string, End>> = {
  'a player who is suspended': {
    by: 'player',
    place: ACME_SIDE,
    async end(userId) {
      const home = await people.machine(undefined, ACME_SIDE);
      const { version } = await home.users.get(userId);
      await home.users.update(userId, { status: 'suspended' }, { ifMatch: version });
    },
  },
  'a player who was erased': {
    by: 'player',
    place: ACME_SIDE,
    end: async (userId) => (await people.machine(undefined, ACME_SIDE)).privacy.erase(userId),
  },
  'a machine whose client is revoked': {
    by: 'machine',
    place: ACME_SIDE,
    end: async (_, clientId) => (await people.machine(undefined, ACME_SIDE)).apiClients.revoke(clientId),
  },
  'a player of a workspace that is suspended': {
    by: 'player',
    place: ACME_SIDE,
    end: async () => (await people.operator('owner')).platform.workspaces.suspend('acme', 'side'),
  },
  'a player of a tenant that is suspended': {
    by: 'player',
    place: BOLT,
    end: async () => (await people.root()).platform.tenants.suspend('bolt'),
  },
};

test.each(Object.entries(ends))('%s hears no more, and opens no stream', async (_, { by, place, end }) => {
  const backend = await people.test.machine(place);
  const { id } = await clientOf(backend).users.create({});
  const access = by === 'player' ? await people.test.player(place, id) : await people.test.machine(place, ['app:read']);
  const headers: Record<string, string> = by === 'player' ? {} : { 'x-user-id': id };
  const heard = await listening(access, headers);
  await tell(place, id, 101, 'before');
  await expect.poll(() => heard.text).toContain('before');
  await end(id, clientIn(access));
  await tell(place, id, 102, 'after');
  await expect.poll(() => heard.isOver).toBe(true);
  expect(heard.text).not.toContain('after');
  // Whatever an authorizer said of them that is kept.
  expectProblem(await call(access, 'GET', LIVE, { headers }), 'forbidden');
});
