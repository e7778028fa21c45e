import { isProblem, Laurel } from '@laurel/sdk/server';
import { expect, it } from 'vitest';
import { defineGame } from '../src/game.ts';

/** A client whose platform answers every creation with a status and a code. */
function clientWith(status: number, code: string) {
  const paths: string[] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    paths.push(new URL(request.url).pathname);
    const problem = {
      code,
      title: code,
      detail: 'because',
      status,
      type: 'about:blank',
      instance: '/',
      requestId: 'r',
    };
    const type = status < 400 ? 'application/json' : 'application/problem+json';
    return new Response(JSON.stringify(status < 400 ? {} : problem), { status, headers: { 'content-type': type } });
  };
  return {
    paths,
    laurel: new Laurel({ baseUrl: 'http://platform.test/acme', auth: { token: 't' }, maxRetries: 0, fetch }),
  };
}

it('creates six definitions, what others refer to first', async () => {
  const { laurel, paths } = clientWith(201, '');
  await defineGame(laurel);
  expect(paths).toEqual(
    ['activities', 'currencies', 'reward-rules', 'missions', 'streaks', 'leaderboards'].map(
      (resource) => `/acme/dashboard/v1/${resource}`,
    ),
  );
});

it('goes on where they are there already', async () => {
  const { laurel, paths } = clientWith(409, 'already_exists');
  await defineGame(laurel);
  expect(paths).toHaveLength(6);
});

it('stops at any other problem', async () => {
  const { laurel, paths } = clientWith(403, 'insufficient_scope');
  const refused = defineGame(laurel);
  await expect(refused).rejects.toSatisfy((error) => isProblem(error, 'insufficient_scope'));
  expect(paths).toHaveLength(1);
});
