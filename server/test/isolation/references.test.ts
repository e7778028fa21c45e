import { contract, type PlacedRoute, routesOf } from '@laurel/contract';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { workspaceScope } from '../../src/store/scope.ts';
import { type Furnished, fillPath } from '../support/examples.ts';
import { ACME, type Access, type Answer, call, type Place } from '../support/platform.ts';
import { nameAt, type TextSite, textSitesOf } from './references.ts';
import { isAsked, openWorld } from './world.ts';

const world = await openWorld();
afterAll(() => world.close());
const { home, own, others, root } = world;

const routes = routesOf(contract)
  .filter(isAsked)
  .map((placed) => [placed.name, placed] as const);
const accessTo = ({ context }: PlacedRoute): Access => (context === 'platform' ? root : home);

/** A workspace that never was, whose names are as long as those of the others. */
const NEVER = 'none.none.set';
/** An id that Laurel never made. */
const NEVER_MADE = '01ARZ3NDEKTSV4RRFFQ69G5FAV';

/** Codes that make whoever works in the tenant a member, by the mark of the workspace. */
const staffCodes = new Map<string, string>();
const staff = { name: 'Staff', gives: { kind: 'membership', role: 'viewer' } };

let before: readonly string[];
beforeAll(async () => {
  for (const { place, mark } of [own, ...others]) {
    const { body } = await call(await world.machine(place), 'POST', '/dashboard/v1/join-codes', { body: staff });
    staffCodes.set(mark, String(body.code));
  }
  before = await world.elsewhere();
});
afterEach(() => expect(world.watch.strayed()).toEqual([]));

/** An answer without what tells one request from another, nor the names that were asked for. */
function shapeOf({ status, text, headers }: Answer, asked: readonly string[]): string {
  const names = asked.flatMap((name) => [name, encodeURIComponent(name)]).toSorted((a, b) => b.length - a.length);
  const plain = names.reduce((rest, name) => rest.replaceAll(name, 'THE NAME'), text);
  const made = plain
    .replaceAll(/\b[a-z]{3}_[0-9A-HJKMNP-TV-Z]{26}\b/g, 'AN ID')
    .replaceAll(/\b\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'A TIME');
  return JSON.stringify([status, headers['content-type'], made]);
}

/** What never was, as much like a name as can be. */
function neverLike(name: string, mark: string): string {
  const other = name.replace(mark, NEVER);
  return other === name ? name.replace(/[0-9A-Z]{26}$/, NEVER_MADE) : other;
}

let fresh = 0;

/** Sends a route's example with one text replaced. What it would create is new, and what it changes as it is now. */
async function sendWith(placed: PlacedRoute, site: TextSite, name: string): Promise<Answer> {
  const example = own.exampleOf(placed);
  const query = new URLSearchParams(example.path.split('?')[1]);
  if (site.part === 'query') query.set(site.steps.join('.'), name);
  const params =
    site.part === 'params' ? { ...own.paramsOf(placed), [site.steps.join('.')]: name } : own.paramsOf(placed);
  const path = `${fillPath(placed.route.path, params)}?${query}`;
  let body: object | undefined = example.body;
  if (site.part === 'body') body = Object(own.rename(site.build(name)));
  if (body !== undefined && 'id' in body && site.key !== 'body.id' && site.steps[0] !== 'id') {
    fresh += 1;
    body = { ...body, id: `${own.mark}.fresh-${fresh}` };
  }
  // A tenant has an issuer once, whatever it calls it.
  if (body !== undefined && 'issuer' in body && site.steps[0] !== 'issuer') {
    fresh += 1;
    body = { ...body, issuer: `https://fresh-${fresh}.example.com` };
  }
  const access = accessTo(placed);
  const headers: Record<string, string> = { ...example.headers };
  if (headers['if-match'] !== undefined && site.part === 'body') {
    const { headers: now } = await call(access, 'GET', path, { headers: example.headers });
    headers['if-match'] = now.etag ?? '"v1"';
  }
  return call(access, example.method, path, { headers, ...(body === undefined ? {} : { body }) });
}

/** What is asked for at a site in the name of another workspace. */
function foreignName(placed: PlacedRoute, site: TextSite, other: Furnished): string {
  return site.part === 'params' ? (other.paramsOf(placed)[site.steps.join('.')] ?? '') : nameAt(site, other.mark);
}

const sites = routes.flatMap(([name, placed]) =>
  textSitesOf(placed, own).map((site) => [`${name} ${site.part}/${site.steps.join('/')}`, placed, site] as const),
);
const of = (...kinds: readonly (string | undefined)[]) =>
  sites.filter(
    ([, { context }, { kind, part }]) => kinds.includes(kind) && (part !== 'params' || context !== 'platform'),
  );

test('it is said of every text in the contract what it names', () => {
  expect(sites.filter(([, , { kind }]) => kind === undefined).map(([name]) => name)).toEqual([]);
});

/** Sends each of the other workspaces' names and one that never was, and asserts that nothing tells them apart. */
async function sameForAll(placed: PlacedRoute, site: TextSite): Promise<Answer> {
  const mark = others[1]?.mark ?? '';
  const never = neverLike(others[1] === undefined ? '' : foreignName(placed, site, others[1]), mark);
  const miss = await sendWith(placed, site, never);
  const shape = shapeOf(miss, [never, NEVER, NEVER.replaceAll('.', '-')]);
  for (const other of others) {
    const name = foreignName(placed, site, other);
    const theirs = await sendWith(placed, site, name);
    expect(shapeOf(theirs, [name, other.mark, other.mark.replaceAll('.', '-')]), theirs.text).toBe(shape);
  }
  return miss;
}

/** What a board counts is never changed: that is said before anybody asks what it is. */
const isFixed = (name: string) => /^dashboard\.(?:leaderboards|leagues)\.update body\/source\//.test(name);

describe('threats 21 and 22: a name that must be there: that of another workspace is as absent as one that never was', () => {
  test.each(of('refers'))('%s', async (name, placed, site) => {
    const miss = await sameForAll(placed, site);
    const [, code] = /"code":"([a-z_]+)"/.exec(miss.text) ?? [];
    if (isFixed(name)) return expect(code).toBe('unprocessable');
    expect(['not_found', 'unknown_reference'], miss.text).toContain(code);
    if (site.part !== 'body') return;
    // It is for the name, and for nothing else: with a thing of its own in the place, nobody misses any there.
    const [, pointer = ''] = /"pointer":"([^"]*)"/.exec(miss.text) ?? [];
    const mine = await sendWith(placed, site, nameAt(site, own.mark));
    expect(mine.text).not.toContain(`"pointer":"${pointer}","code":"unknown_reference"`);
  });
});

test('an explanation about somebody of another workspace is one about nobody', async () => {
  const explain = async (about: Readonly<Record<string, string>>) => {
    const body = { action: 'dashboard:users.read', ...about };
    const { status, text } = await call(home, 'POST', '/dashboard/v1/authorize/explain', { body });
    expect(status).toBeLessThan(500);
    return Object.values(about).reduce((known, name) => known.replaceAll(name, 'a name'), `${status} ${text}`);
  };
  const told = (text: string) => text.replaceAll(/req_\w+/g, 'the request');
  for (const other of others) {
    const [clientId = '', , roleId = ''] = other.made;
    for (const [by, name, never] of [
      ['user', other.userId, 'usr_never'],
      ['team', `${other.mark}.red-pandas`, 'team-never'],
      ['client', clientId, 'cli_01J00000000000000000000000'],
      ['role', roleId, 'rol_01J00000000000000000000000'],
    ] as const) {
      expect(told(await explain({ [by]: name })), `${by} ${name}`).toBe(told(await explain({ [by]: never })));
    }
  }
});

describe('a name that narrows a list: nothing is listed of what is not there', () => {
  test.each(of('filters'))('%s', async (_name, placed, site) => {
    const { status, body } = await sameForAll(placed, site);
    if (status === 200) expect([body.items ?? body.entries]).toEqual([[]]);
    else expect([400, 422]).toContain(status);
  });
});

/** Sends the names of each of the others, and one that never was; the status alone tells, for what is made is made. */
async function sameStatus(placed: PlacedRoute, site: TextSite): Promise<void> {
  const statuses: number[] = [];
  for (const mark of [NEVER, ...others.map((other) => other.mark)]) {
    statuses.push((await sendWith(placed, site, nameAt(site, mark))).status);
  }
  expect(new Set(statuses).size, `${statuses}`).toBe(1);
}

describe('an expression may hold any name, and looks nothing up', () => {
  test.each(of('speaks'))('%s', (_name, placed, site) => sameStatus(placed, site));
});

describe('a name for something new: those of other workspaces are free', () => {
  test.each(of('claims'))('%s', (_name, placed, site) => sameStatus(placed, site));
});

describe('a ticket lets in where it was made for, and is as good as none elsewhere', () => {
  const ticketOf = (placed: PlacedRoute, step: string, holder: Furnished): string =>
    placed.name === 'dashboard.joinCodes.redeem'
      ? (staffCodes.get(holder.mark) ?? '')
      : String(Object(holder.exampleOf(placed).body)[step]);
  /** Whoever works in a tenant may be let into its other workspaces; a player is of one. */
  const isElsewhere = ({ context }: PlacedRoute, { place }: Furnished) =>
    place.tenant !== ACME.tenant || context === 'app';

  test.each(of('ticket'))('%s', async (_name, placed, site) => {
    const step = String(site.steps[0]);
    const access = placed.context === 'app' ? home : await world.operator(ACME, 'owner');
    const { method, path, headers } = own.exampleOf(placed);
    const show = (ticket: string) => call(access, method, path, { headers, body: { [step]: ticket } });
    const never = ticketOf(placed, step, own).replace(/.{4}$/, 'AAAA');
    const miss = await show(never);
    expect(miss.body.code).toBe('invalid_code');
    for (const holder of others.filter((other) => isElsewhere(placed, other))) {
      const theirs = ticketOf(placed, step, holder);
      expect(shapeOf(await show(theirs), [theirs])).toBe(shapeOf(miss, [never]));
    }
    expect((await show(ticketOf(placed, step, own))).status).toBeLessThan(300);
  });
});

describe('what was made for a list of another workspace is taken back by no other', () => {
  const { cursors } = world.platform.inside.platform;
  const sealed = (placed: PlacedRoute, place: Place) =>
    cursors.write({ scope: workspaceScope(place.tenant, place.workspace), route: placed.name, filters: {} }, 'x');

  test.each(of('sealed'))('%s', async (_name, placed, site) => {
    const answers = [];
    for (const name of [...others.map(({ place }) => sealed(placed, place)), 'bmV2ZXI.bmV2ZXI']) {
      answers.push(shapeOf(await sendWith(placed, site, name), [name]));
    }
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toContain('invalid_cursor');
  });
});

test('nothing elsewhere was changed by any of it', async () => {
  expect(before.length).toBeGreaterThan(100);
  expect(await world.elsewhere()).toEqual(before);
});
