import { randomInt } from 'node:crypto';
import { type PlacedRoute, Problem } from '@laurel/contract';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { workspaceScopes } from '../../src/provision.ts';
import { inLanes, openWorld } from '../isolation/world.ts';
import { furnish } from '../support/examples.ts';
import { ACME, type Access, type Answer, call } from '../support/platform.ts';
import { type HostileRequest, hostileRequests, PREY, requestOf } from './requests.ts';

/** How many requests a run sends: some every day, many by `npm run test:fuzz`. */
const REQUESTS = Number(process.env.LAUREL_FUZZ ?? 600);
/** Every day the same ones; whoever wants others, or one run again, names a seed. */
const SEED = Number(process.env.LAUREL_SEED || (process.env.LAUREL_FUZZ === undefined ? 1 : randomInt(2 ** 31)));
/** How many requests go by before there are new things to ask for: some of them do what they say. */
const ROUND = 500;
/** How long an answer may take, in milliseconds, on a machine that has much else to do. */
const PATIENCE = 30_000;

const world = await openWorld();
afterAll(() => world.close());
const { others, watch } = world;
/** Tokens live a quarter of an hour; a long run takes new ones with each round. */
let [home, root] = [world.home, world.root];
await world.platform.createWorkspaceClient(PREY);
const accessTo = ({ context }: PlacedRoute): Access => (context === 'platform' ? root : home);

async function answerTo({ placed, method, path, parcel }: HostileRequest, mark: string): Promise<Answer | undefined> {
  const late = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => late.resolve(undefined), PATIENCE);
  try {
    const headers = { ...parcel.headers, 'x-watched': mark };
    return await Promise.race([call(accessTo(placed), method, path, { ...parcel, headers }), late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

/** What no answer may say: how we are made, where things are kept, and what is in other workspaces. */
const INSIDES =
  /node_modules|\n\s+at |\.ts:\d|T#(?:acme|bolt)#|ConditionalCheck|DynamoDB|ExpressionAttribute|TypeError/;

/** What is wrong with an answer, if anything is. */
function faultOf(answer: Answer | undefined, mark: string): string | undefined {
  if (answer === undefined) return 'no answer';
  const { status, text, headers, body } = answer;
  if (status >= 500 || status < 200) return `${status} ${text}`;
  if (status >= 300 && status < 400) return `a redirect to ${headers.location}`;
  if (INSIDES.test(text)) return `tells of its insides: ${text}`;
  const theirs = others.find((other) => text.includes(other.mark));
  if (theirs !== undefined) return `names a thing of ${theirs.mark}`;
  if (headers['x-injected'] !== undefined) return 'a header was injected';
  if (status < 400) return undefined;
  if (text !== '' && !Problem.strict().safeParse(body).success) return `is no problem: ${text}`;
  const written = watch.callOf(mark)?.written ?? 0;
  return written > 0 ? `${status}, but ${written} writes: ${text}` : undefined;
}

test(`threat 41: ${REQUESTS} requests, each wrong in one place: no failure, no write, no leak`, async () => {
  console.info(`LAUREL_SEED=${SEED} sends these ${REQUESTS} requests again.`);
  const before = await world.elsewhere();
  const faults: string[] = [];
  const statuses = new Map<number, number>();
  let slowest = { took: 0, what: '' };
  let furnished = world.own;
  const recipes = fc.sample(hostileRequests(furnished), { numRuns: REQUESTS, seed: SEED });
  for (let start = 0; start < recipes.length; start += ROUND) {
    if (start > 0) {
      [home, root] = [await world.machine(ACME, workspaceScopes()), await world.platformMachine()];
      furnished = await furnish(home, ACME, `set-${start}`);
    }
    await inLanes([...recipes.slice(start, start + ROUND).entries()], 4, async ([nth, recipe]) => {
      const request = requestOf(recipe, furnished);
      const mark = `fuzz-${start + nth}`;
      const began = performance.now();
      const answer = await answerTo(request, mark);
      const took = performance.now() - began;
      const what = `#${start + nth} ${request.placed.name}, ${request.what}`;
      if (took > slowest.took) slowest = { took, what };
      statuses.set(answer?.status ?? 0, (statuses.get(answer?.status ?? 0) ?? 0) + 1);
      const fault = faultOf(answer, mark);
      if (fault === undefined) return;
      faults.push(`${what}: ${fault.slice(0, 400)}`);
      console.info(faults.at(-1));
    });
  }
  const counts = [...statuses].toSorted(([a], [b]) => a - b).map(([status, count]) => `${count} × ${status}`);
  console.info(`${counts.join(', ')}; the slowest took ${Math.round(slowest.took)} ms: ${slowest.what}`);
  expect(faults).toEqual([]);
  expect(watch.strayed()).toEqual([]);
  expect(await world.elsewhere()).toEqual(before);
  expect(Reflect.get({}, 'polluted')).toBeUndefined();
  // The next good call works.
  expect((await call(home, 'GET', '/dashboard/v1/workspace')).status).toBe(200);
}, 3_600_000);
