import { contract, type PlacedRoute, routesOf } from '@laurel/contract';
import { mocksOf } from '../../../contract/generate/mocks.ts';
import { type Access, type Answer, call, type Parcel, type Place } from './platform.ts';

const mocks = mocksOf(contract);

/** A call of one route, ready to be sent. */
export interface ExampleCall extends Parcel {
  readonly method: string;
  /** With its parameters filled in, and its query. */
  readonly path: string;
  readonly body?: object;
  readonly headers: Readonly<Record<string, string>>;
}

/** A workspace with one of each thing in it; whatever it holds has its mark in the name. */
export interface Furnished {
  readonly place: Place;
  /** A text that nothing outside of this workspace, and of this set, contains. */
  readonly mark: string;
  readonly userId: string;
  readonly externalId: string;
  readonly eventId: string;
  readonly progressId: string;
  /** The ids in it that Laurel made. */
  readonly made: readonly string[];
  /** What a route's path names, of this workspace. */
  paramsOf(placed: PlacedRoute): Readonly<Record<string, string>>;
  /** A value of the contract's examples, with the names that its things have in this workspace. */
  rename(value: unknown): unknown;
  /** The contract's example of a call, about things of this workspace; on app routes, for its user. */
  exampleOf(placed: PlacedRoute): ExampleCall;
}

/** Replaces texts by their names in the workspace, at every depth. */
function renamed(value: unknown, names: ReadonlyMap<string, string>): unknown {
  if (typeof value === 'string') return names.get(value) ?? value;
  if (Array.isArray(value)) return value.map((one) => renamed(one, names));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, renamed(one, names)]));
}

/** The path of a route with its parameters filled in, each escaped. */
export function fillPath(path: string, params: Readonly<Record<string, string>>): string {
  return path.replace(/:([A-Za-z]+)/g, (_, name: string) => encodeURIComponent(params[name] ?? `no-${name}`));
}

function textsOf(value: unknown): Record<string, string> {
  return Object.fromEntries(Object.entries(Object(value)).map(([key, one]) => [key, String(one)]));
}

/** The ids that the contract's examples give to things, and what follows them in each workspace. */
const exampleIds = [
  'lesson.completed',
  'weekly-five',
  'xp-per-lesson',
  'xp',
  'daily',
  'lessons',
  'lesson-league',
  'sticker',
  'evt-2026-0001',
  'vips',
  'red-pandas',
  'explorer',
  'rank',
  'crm',
];

/** The id that the contract's examples give to a user whom Laurel has named. */
const EXAMPLE_USER = String(Object(mocks['app.me.get']?.response.body).id);

/** The name of something that has one in the contract's examples. */
export function nameIn(mark: string, id: string): string {
  return `${mark}.${id}`;
}

/** What a workspace is created from: every route of the dashboard that creates something by a body alone. */
const creations = routesOf(contract).filter(
  ({ name, route }) => name.startsWith('dashboard.') && name.endsWith('.create') && !route.path.includes(':'),
);

function succeeded(answer: Answer, what: string): Answer {
  if (answer.status >= 300) throw new Error(`${what}: ${answer.text}`);
  return answer;
}

/** Creates everything that can be created, whatever the order in which things refer to one another. */
async function createAll(access: Access, bodyOf: (placed: PlacedRoute) => object): Promise<Map<string, Answer>> {
  const answers = new Map<string, Answer>();
  let left = creations;
  while (left.length > 0) {
    const before = left.length;
    let last: Answer | undefined;
    for (const placed of left) {
      last = await call(access, 'POST', placed.route.path, { body: bodyOf(placed) });
      if (last.status === 201) answers.set(placed.name, last);
    }
    left = left.filter(({ name }) => !answers.has(name));
    if (left.length === before) throw new Error(`${left[0]?.name} cannot be created: ${last?.text}`);
  }
  return answers;
}

/**
 * Creates one of each thing in a workspace, a user, and an event that moves all of it.
 * @param set a name of its own for each time that one workspace is furnished
 */
export async function furnish(access: Access, place: Place, set = 'set'): Promise<Furnished> {
  const mark = `${place.tenant}.${place.workspace}.${set}`;
  const userId = nameIn(mark, 'user');
  const externalId = nameIn(mark, 'player-7');
  const eventId = nameIn(mark, 'evt-2026-0001');
  const names = new Map(exampleIds.map((id) => [id, nameIn(mark, id)]));
  const otherId = nameIn(mark, 'player-8');
  names
    .set('player-7', externalId)
    .set('player-8', otherId)
    .set('ada@example.com', `ada@${mark}.example`)
    .set('acme.example', `${mark}.example`)
    .set('Beta testers', `Beta testers of ${mark}`)
    .set('Ada', `Ada ${mark}`)
    .set('Explorer', `Explorer ${mark}`)
    .set(EXAMPLE_USER, userId);
  // Of what does not happen here: nothing is queued in the background while tests compare what the table holds.
  const owned: Readonly<Record<string, object>> = {
    'dashboard.users.create': { id: userId },
    'dashboard.webhooks.create': { types: ['webhook.disabled'] },
  };
  const bodyOf = (placed: PlacedRoute): object => {
    return { ...Object(renamed(mocks[placed.name]?.request.body, names)), ...owned[placed.name] };
  };
  const created = await createAll(access, bodyOf);
  const client: unknown = created.get('dashboard.apiClients.create')?.body.client;
  const clientId = String(Object(client).id);
  const secretId = String(Object(client).secrets[0].id);
  const roleId = String(created.get('dashboard.roles.create')?.body.id);
  const webhookId = nameIn(mark, 'crm');
  const delivery = succeeded(await call(access, 'POST', `/dashboard/v1/webhooks/${webhookId}/test`), 'the delivery');
  const deliveryId = String(delivery.body.id);
  const event = { id: eventId, userId, activity: nameIn(mark, 'lesson.completed') };
  succeeded(await call(access, 'POST', '/dashboard/v1/events', { body: event }), 'the event');
  const award = { badge: nameIn(mark, 'explorer'), reason: 'For the tests.' };
  succeeded(await call(access, 'POST', `/dashboard/v1/users/${userId}/badges`, { body: award }), 'the badge');
  const headers = { 'x-user-id': userId };
  const progress = succeeded(await call(access, 'GET', '/app/v1/progress', { headers }), 'the progress');
  const [first]: unknown[] = Object(progress.body.items);
  const progressId = String(Object(first).id);
  const post = async (path: string, body: object | undefined, own = {}): Promise<Answer> => {
    const parcel = { headers: own, ...(body === undefined ? {} : { body }) };
    return succeeded(await call(access, 'POST', path, parcel), path);
  };
  await post('/dashboard/v1/users', { externalId: otherId });
  // Its rule is gone once it has paid: what others refer to must be free to be archived.
  const chest = nameIn(mark, 'chest');
  const prize = { kind: 'currency', currency: nameIn(mark, 'xp'), amount: 5, claim: { within: 'P7D' } };
  const opening = { kind: 'event', activity: event.activity };
  await post('/dashboard/v1/reward-rules', { id: chest, name: { en: 'Chest' }, trigger: opening, rewards: [prize] });
  const { body: opened } = await post('/dashboard/v1/events', { ...event, id: chest });
  await post(`/dashboard/v1/reward-rules/${chest}/archive`, undefined);
  const prizes: unknown[] = Object(opened.effects).rewards;
  const rewardId = prizes.flatMap((one) => Object(one).claim?.id ?? []).map(String)[0] ?? 'none';
  const legs = [{ userId, currency: nameIn(mark, 'xp'), amount: 1 }];
  const { body: held } = await post('/dashboard/v1/ledger/transactions', { kind: 'hold', legs, note: 'set aside' });
  const { body: redemption } = await post(`/app/v1/catalog/${nameIn(mark, 'sticker')}/redeem`, undefined, headers);
  const transactionId = String(created.get('dashboard.ledger.create')?.body.id);
  const holdId = String(Object(held.holds)[0]);

  // The user is a captain, since they come first; who comes after them is the member of the examples.
  const team = `/dashboard/v1/teams/${nameIn(mark, 'red-pandas')}/members`;
  succeeded(await call(access, 'POST', team, { body: { userId } }), 'the captain');
  const mate = { id: nameIn(mark, 'mate'), tags: ['vip'] };
  succeeded(await call(access, 'POST', '/dashboard/v1/users', { body: mate }), 'the mate');
  const member = succeeded(await call(access, 'POST', team, { body: { userId: mate.id } }), 'the member');
  const memberId = String(member.body.id);
  const goal = { id: nameIn(mark, 'team-hundred'), name: { en: 'A hundred' }, for: 'team' };
  const hundred = { ...goal, schedule: { kind: 'permanent' }, steps: [{ activity: event.activity, target: 100 }] };
  await post('/dashboard/v1/missions', hundred);
  const events = [1, 2].map((nth) => ({ ...event, id: nameIn(mark, `share-${nth}`), userId: mate.id }));
  await post('/dashboard/v1/events/batch', { events });

  const { body: offer } = await post('/dashboard/v1/invitations', {
    email: `grace@${mark}.example`,
    role: 'viewer',
    send: false,
  });
  const memberOfStaff = await post('/dashboard/v1/invitations/accept', { token: offer.token });
  const { body: pending } = await post('/dashboard/v1/invitations', {
    email: `hopper@${mark}.example`,
    role: 'viewer',
    send: false,
  });
  const joinCode: unknown = created.get('dashboard.joinCodes.create')?.body;
  const invitation: unknown = created.get('dashboard.invitations.create')?.body;
  const people = {
    member: String(memberOfStaff.body.memberId),
    invitation: String(Object(pending.invitation).id),
    joinCode: String(Object(joinCode).joinCode.id),
    domainRule: String(created.get('dashboard.domainRules.create')?.body.id),
    token: String(Object(invitation).token),
    code: String(Object(joinCode).code),
  };
  names.set('8Q2M-7XKD-0R4T-HV9C', people.code).set('inv_01JD8QZ4M3V5K7R9T1X3Z5B7D9.a-secret', people.token);

  // Somebody to erase by each way there is, so that all other examples go on about the user who plays.
  const goneId = nameIn(mark, 'gone');
  await post('/dashboard/v1/users', { id: goneId });
  const leavingId = nameIn(mark, 'leaving');
  await post('/dashboard/v1/users', { id: leavingId });
  await post(`/dashboard/v1/users/${mate.id}/export`, undefined);
  const requests = succeeded(await call(access, 'GET', '/dashboard/v1/privacy/requests'), 'the requests');
  const [asked]: unknown[] = Object(requests.body.items);
  const requestId = String(Object(asked).id);
  const ofPrivacy = (operation: string): string =>
    ({ 'privacy.request': requestId, 'privacy.erase': goneId })[operation] ?? mate.id;

  const paramsOf = (placed: PlacedRoute): Record<string, string> => {
    if (placed.context === 'platform') return { ...place, id: 'login' };
    const params = textsOf(renamed(mocks[placed.name]?.request.params, names));
    switch (placed.operation.split('.')[0]) {
      case 'users':
        return { id: userId, externalId };
      case 'playerStreaks':
        return { id: userId, streak: nameIn(mark, 'daily') };
      case 'badgeAwards':
        return { id: userId, badge: nameIn(mark, 'explorer') };
      case 'events':
        return { id: eventId };
      case 'progress':
        return { id: progressId, user: userId };
      case 'teams':
        return { ...params, member: memberId, progress: `${goal.id}:all` };
      case 'apiClients':
        return { id: clientId, secret: secretId };
      case 'roles':
        return { id: roleId };
      case 'members':
        return { id: people.member };
      case 'invitations':
        return { id: people.invitation };
      case 'joinCodes':
        return { id: people.joinCode };
      case 'domainRules':
        return { id: people.domainRule };
      case 'webhookDeliveries':
        return { id: deliveryId };
      case 'ledger':
        return { id: placed.route.path.includes('/holds/') ? holdId : transactionId };
      case 'rewards':
        return { id: rewardId };
      case 'privacy':
        return { id: ofPrivacy(placed.operation), purpose: 'leaderboards' };
      case 'redemptions':
        return { id: String(redemption.id) };
      default:
        return params;
    }
  };
  return {
    place,
    mark,
    userId,
    externalId,
    eventId,
    progressId,
    made: [
      clientId,
      deliveryId,
      roleId,
      people.member,
      people.invitation,
      people.joinCode,
      people.domainRule,
      requestId,
    ],
    paramsOf,
    rename: (value) => renamed(value, names),
    exampleOf(placed) {
      const given = mocks[placed.name]?.request;
      if (given === undefined) throw new Error(`${placed.name} has no example`);
      const query = new URLSearchParams(textsOf(renamed(given.query, names))).toString();
      const path = fillPath(placed.route.path, paramsOf(placed));
      return {
        method: placed.route.method,
        path: query === '' ? path : `${path}?${query}`,
        headers: {
          ...given.headers,
          ...(placed.context === 'app'
            ? { 'x-user-id': placed.operation === 'privacy.erase' ? leavingId : userId }
            : {}),
          // From the beginning, so that there is something to read.
          ...(placed.meta?.stream === true ? { 'last-event-id': '0' } : {}),
        },
        ...(given.body === undefined ? {} : { body: bodyOf(placed) }),
      };
    },
  };
}

/** Every route of the contract, by name, as `test.each` takes it. */
export const allRoutes = routesOf(contract).map((placed) => [placed.name, placed] as const);
