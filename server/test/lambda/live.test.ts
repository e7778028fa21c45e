import { PassThrough } from 'node:stream';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { afterAll, expect, test } from 'vitest';
import { createLaurelApi, createLaurelStreams } from '../../src/api/index.ts';
import { apiPlatform } from '../../src/lambda/api-platform.ts';
import { readApiConfig } from '../../src/lambda/environment.ts';
import { type Head, liveHandler } from '../../src/lambda/live-handler.ts';
import { commit } from '../../src/store/commit.ts';
import { happen } from '../../src/store/happen.ts';
import { saveHappenings } from '../../src/store/happenings.ts';
import { workspaceScope } from '../../src/store/scope.ts';
import { completed } from '../webhooks/world.ts';
import { apiEnvironment, demoTable, recorded, servicesOn } from './world.ts';

const database = await demoTable();
afterAll(() => database.close());

const platform = await apiPlatform(readApiConfig(apiEnvironment()), servicesOn(database.table).services);
const scope = workspaceScope('demo', 'main');
const user = await createLaurelApi(platform)(recorded('api-create-user'));
const userId = String(JSON.parse(user.body).id);

async function tell(sequence: number): Promise<void> {
  const happenings = happen({ newId: platform.newId, scope }, userId, [completed(`m${sequence}`)]);
  const batch = { userId, sequence, at: '2026-11-24T09:30:00.000Z', happenings };
  expect((await commit(database.table, saveHappenings(database.table, scope, batch))).kind).toBe('committed');
}

/** The recorded list of activities, turned into a player's call of a path. */
function playerEvent(path: string, headers: Readonly<Record<string, string>> = {}): APIGatewayProxyEvent {
  const event = recorded('api-list-activities');
  const authorizer = {
    kind: 'player',
    tenant: 'demo',
    workspace: 'main',
    subject: userId,
    scopes: '',
    platform: 'false',
  };
  const multiValueHeaders = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]]));
  return {
    ...event,
    path,
    resource: path,
    headers: { ...headers },
    multiValueHeaders,
    requestContext: { ...event.requestContext, authorizer },
  };
}

/** Calls a handler as Lambda does; the text grows as it is written. */
function called(handle: ReturnType<typeof liveHandler>, event: APIGatewayProxyEvent) {
  const heads: Head[] = [];
  const stream = new PassThrough();
  let text = '';
  stream.on('data', (chunk) => {
    text += String(chunk);
  });
  const ended = handle(event, (head) => {
    heads.push(head);
    return stream;
  });
  return { heads, stream, ended, text: () => text };
}

const errors: string[] = [];
const handle = liveHandler({
  start: async () => createLaurelStreams(platform),
  onError: (message) => errors.push(message),
});

test('a stream is written as it happens, and ends when the caller goes', async () => {
  await tell(1);
  const { heads, stream, ended, text } = called(handle, playerEvent('/app/v1/live', { 'last-event-id': '0' }));
  await expect.poll(text).toContain('event: ready');
  expect(heads).toMatchObject([{ statusCode: 200, headers: { 'content-type': 'text/event-stream; charset=utf-8' } }]);
  expect(text()).toContain('"mission":"m1"');
  await tell(2);
  await expect.poll(text, { timeout: 10_000 }).toContain('"mission":"m2"');
  stream.destroy();
  await ended;
});

test('what is refused is a problem, with its status', async () => {
  const { heads, ended, text } = called(handle, playerEvent('/app/v1/live', { 'last-event-id': 'x' }));
  await ended;
  expect(heads).toMatchObject([{ statusCode: 400, headers: { 'content-type': 'application/problem+json' } }]);
  expect(JSON.parse(text())).toMatchObject({ code: 'invalid_request' });
  const stranger = {
    ...playerEvent('/app/v1/live'),
    requestContext: { ...playerEvent('/').requestContext, authorizer: null },
  };
  const second = called(handle, stranger);
  await second.ended;
  expect(JSON.parse(second.text())).toMatchObject({ code: 'invalid_token', status: 401 });
});

test('a route that is no stream is none here', async () => {
  const { heads, ended, text } = called(handle, playerEvent('/app/v1/me'));
  await ended;
  expect([heads[0]?.statusCode, JSON.parse(text()).code]).toEqual([404, 'not_found']);
});

test('one that could not start says so, and starts with the next call', async () => {
  let isDown = true;
  const flaky = liveHandler({
    start: async () => {
      if (isDown) throw new Error('no secret');
      return createLaurelStreams(platform);
    },
    onError: () => undefined,
  });
  const first = called(flaky, playerEvent('/app/v1/live'));
  await first.ended;
  expect(first.heads[0]?.statusCode).toBe(503);
  isDown = false;
  const second = called(flaky, playerEvent('/app/v1/live'));
  await expect.poll(second.text).toContain('event: ready');
  second.stream.destroy();
  await second.ended;
});

test('the function for everything else answers a stream with what is there, so that nobody waits for nothing', async () => {
  const answer = await createLaurelApi(platform)(playerEvent('/app/v1/live', { 'last-event-id': '0' }));
  expect(answer.statusCode).toBe(200);
  expect(answer.body).toMatch(/"m1"[\s\S]*"m2"[\s\S]*event: ready/);
});
