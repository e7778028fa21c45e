import type { Laurel } from '@laurel/sdk/server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { call } from '../support/platform.ts';
import { signIn } from '../support/sign-in.ts';
import { amountsOf, boardOf, defineWorld, missionOf, streakOf } from './definitions.ts';
import { codeOf, codesOf, type Game, laurelOf, openGame, times } from './world.ts';

type Document = Awaited<ReturnType<Laurel['config']['export']>>;

let game: Game;
let cases = 0;
let staging: Laurel;
let production: Laurel;

beforeAll(async () => {
  game = await openGame();
});
afterAll(() => game.close());

const open = async (workspace: string) =>
  laurelOf(await game.platform.createWorkspaceClient({ tenant: 'acme', workspace }));

/** Two workspaces of one tenant, both empty. */
async function freshPair(): Promise<void> {
  cases += 1;
  [staging, production] = [await open(`staging-${cases}`), await open(`production-${cases}`)];
}

/** Promotion as a customer writes it. */
async function promote(from: Laurel, to: Laurel) {
  const document = await from.config.export();
  const { base } = await to.config.plan({ document });
  return to.config.apply({ document, base });
}

const documentOf = (definitions: Document['definitions']): Document => ({ format: 'laurel.config/1', definitions });
const activity = (id: string) => ({ id, name: { en: 'Any' } });
const text = (value: unknown) => JSON.stringify(value);

/** A document of so many activities, each with a rule that pays for it. */
const manyOf = (count: number, amount: number): Document =>
  documentOf({
    activities: times(count, (index) => activity(`a-${index}`)),
    currencies: [{ id: 'xp', name: { en: 'Experience' } }],
    rewardRules: times(count, (index) => ({
      id: `r-${index}`,
      name: { en: 'Any' },
      trigger: { kind: 'event', activity: `a-${index}` },
      rewards: [{ kind: 'currency', currency: 'xp', amount }],
    })),
  });

describe('promotion', () => {
  test('makes one workspace play like the other, with nothing of its own in the document', async () => {
    await freshPair();
    await defineWorld(staging);
    const document = await staging.config.export();
    for (const local of ['author', 'createdAt', 'version', 'revision', 'ruleset', 'status', 'operator', 'cli_']) {
      expect(text(document)).not.toContain(local);
    }
    const plan = await production.config.plan({ document });
    expect(plan).toMatchObject({ updates: 0, archives: 0, unchanged: 0 });
    expect(plan.changes.every(({ action }) => action === 'create')).toBe(true);
    const result = await production.config.apply({ document, base: plan.base });
    expect(result).toMatchObject({ creates: plan.creates, ruleset: 1 });
    expect(text(await production.config.export())).toBe(text(document));

    const receipts = [];
    for (const laurel of [staging, production]) {
      const sent = { id: 'e-1', externalUserId: 'ada', activity: 'lesson', occurredAt: '2026-03-02T12:00:00Z' };
      receipts.push((await laurel.events.track(sent)).effects.rewards);
    }
    expect(receipts[1]).toEqual(receipts[0]);
    expect(receipts[0]).not.toEqual([]);
  });

  test('twice changes nothing, with a plan or with one of before', async () => {
    await freshPair();
    await defineWorld(staging);
    const document = await staging.config.export();
    const { base } = await production.config.plan({ document });
    const first = await production.config.apply({ document, base });
    const before = await game.snapshot();
    const again = await production.config.plan({ document });
    expect(again).toMatchObject({ creates: 0, updates: 0, archives: 0, unchanged: first.creates });
    expect(again.changes.every(({ action, differences }) => action === 'unchanged' && differences.length === 0)).toBe(
      true,
    );
    for (const token of [base, again.base]) {
      // Without a key of its own for each, a repeat would be answered from what was kept.
      const repeat = await production.config.apply({ document, base: token }, { idempotencyKey: `again-${token}` });
      expect(repeat).toMatchObject({ creates: 0, changes: [], ruleset: first.ruleset, base: again.base });
    }
    const kept = (snapshot: string) => snapshot.split('\n').filter((line) => !line.includes('#ANSWER#'));
    expect(kept(await game.snapshot())).toEqual(kept(before));
  });

  test('says field by field what changes, archives what is gone, and leaves alone what it does not speak of', async () => {
    await freshPair();
    await defineWorld(staging);
    await promote(staging, production);
    const mission = await staging.missions.get('hundred');
    await staging.missions.update(
      'hundred',
      { ...missionOf(30), name: { en: 'Lessons', it: 'Lezioni' } },
      { ifMatch: mission },
    );
    await staging.rewardRules.archive('gem-for-any');
    await production.streaks.create({ id: 'own', ...streakOf('UTC') });
    const { streaks: _, ...definitions } = (await staging.config.export()).definitions;
    const document = documentOf(definitions);
    const plan = await production.config.plan({ document });
    expect(plan).toMatchObject({ creates: 0, updates: 1, archives: 1 });
    expect(plan.changes.filter(({ action }) => action !== 'unchanged')).toEqual([
      {
        kind: 'missions',
        id: 'hundred',
        action: 'update',
        differences: [
          { pointer: '/name/it', after: 'Lezioni' },
          { pointer: '/steps/0/target', before: 20, after: 30 },
        ],
      },
      { kind: 'rewardRules', id: 'gem-for-any', action: 'archive', differences: [] },
    ]);
    await production.config.apply({ document, base: plan.base, running: 'recompute' });
    expect(await production.missions.get('hundred')).toMatchObject({
      version: 2,
      running: 'recompute',
      status: 'published',
    });
    expect((await production.rewardRules.get('gem-for-any')).status).toBe('archived');
    expect(await production.streaks.get('own')).toMatchObject({ status: 'published', version: 1 });

    // What comes back is put back, as a change of its status.
    await staging.rewardRules.unarchive('gem-for-any');
    const back = await production.config.plan({ document: await staging.config.export() });
    expect(back.changes).toContainEqual({
      kind: 'rewardRules',
      id: 'gem-for-any',
      action: 'update',
      differences: [{ pointer: '/status', before: 'archived', after: 'published' }],
    });
  });

  test('is refused where the target changed since, and changes nothing', async () => {
    await freshPair();
    await defineWorld(staging);
    const document = await staging.config.export();
    const { base } = await production.config.plan({ document });
    await production.activities.create(activity('own'));
    const before = await game.snapshot();
    expect(await codeOf(production.config.apply({ document, base }))).toBe('outdated');
    const { base: foreign } = await staging.config.plan({ document: documentOf({}) });
    expect(
      await codesOf([
        production.config.apply({ document, base: foreign }),
        production.config.apply({ document, base: '' }),
      ]),
    ).toEqual(['outdated', 'outdated']);
    expect(await game.snapshot()).toBe(before);
  });

  test('of several at once happens once', async () => {
    await freshPair();
    const document = manyOf(10, 1);
    const { base } = await production.config.plan({ document });
    const results = await Promise.all(times(8, () => production.config.apply({ document, base })));
    expect(results.map(({ creates }) => creates).toSorted()).toEqual([0, 0, 0, 0, 0, 0, 0, 21].toSorted());
    expect(new Set(results.map(({ ruleset }) => ruleset))).toEqual(new Set([1]));
    const others = await codesOf(
      times(8, (index) => production.config.apply({ document: manyOf(10, 2 + index), base: results[0]?.base ?? '' })),
    );
    expect(others.toSorted()).toEqual(['none', ...times(7, () => 'outdated')]);
  });

  test('keeps drafts of the target, and hands on none of the source', async () => {
    await freshPair();
    await staging.activities.create({ ...activity('shown'), draft: true });
    expect((await staging.config.export()).definitions).toMatchObject({ activities: [] });
    await staging.activities.publish('shown', {});
    await production.activities.create({ id: 'shown', name: { en: 'My own draft' }, draft: true });
    await promote(staging, production);
    expect(await production.activities.get('shown')).toMatchObject({
      status: 'published',
      version: 1,
      draft: true,
      name: { en: 'Any' },
    });
    expect(await production.activities.draft('shown')).toMatchObject({
      status: 'draft',
      version: 2,
      name: { en: 'My own draft' },
    });
    await production.activities.publish('shown', {});
    expect(await production.activities.get('shown')).toMatchObject({
      version: 2,
      draft: false,
      name: { en: 'My own draft' },
    });
  });
});

describe('a document', () => {
  test('may create what it refers to, in any order; what it refers to that is nowhere is refused with its place', async () => {
    await freshPair();
    const document = documentOf({
      rewardRules: [
        {
          id: 'r',
          name: { en: 'R' },
          trigger: { kind: 'missionCompleted', mission: 'm' },
          rewards: [{ kind: 'currency', currency: 'xp', amount: 1 }],
        },
      ],
      missions: [{ id: 'm', ...missionOf(3) }],
      activities: [{ ...activity('lesson'), attributes: { score: { type: 'integer' } } }],
      currencies: [{ id: 'xp', name: { en: 'XP' } }],
      leaderboards: [{ id: 'b', ...boardOf('dense'), condition: 'event.attributes.score > 3' }],
    });
    const { base } = await production.config.plan({ document });
    expect(await production.config.apply({ document, base })).toMatchObject({ creates: 5 });

    const refused = (definitions: Document['definitions']) =>
      staging.config.plan({ document: documentOf({ ...document.definitions, ...definitions }) });
    await expect(refused({ currencies: [] })).rejects.toMatchObject({
      code: 'unknown_reference',
      errors: [{ pointer: '/document/definitions/missions/0/rewards/0/currency' }],
    });
    await expect(
      refused({
        activities: [activity('lesson')],
        leaderboards: [{ id: 'b', ...boardOf('dense'), condition: 'event.value > "x"' }],
      }),
    ).rejects.toMatchObject({
      code: 'invalid_expression',
      errors: [{ pointer: '/document/definitions/leaderboards/0/condition' }],
    });
  });

  test('that archives what others still refer to is refused, and so is a change that breaks their conditions', async () => {
    await freshPair();
    await defineWorld(production);
    const streak = { ...streakOf('UTC'), condition: 'event.attributes.score > 3' };
    await production.streaks.create({ id: 'scored', ...streak });
    await expect(production.config.plan({ document: documentOf({ currencies: [] }) })).rejects.toMatchObject({
      code: 'in_use',
      errors: expect.arrayContaining([
        {
          pointer: '/document/definitions/currencies',
          code: 'in_use',
          message: 'reward rule gem-for-any refers to it',
        },
      ]),
    });
    const declared = { id: 'lesson', name: { en: 'Lesson' }, attributes: { score: { type: 'string' } } };
    const broken = documentOf({ activities: [declared, activity('quiz')] });
    const { base } = await production.config.plan({ document: documentOf({}) });
    expect(
      await codesOf([
        production.config.plan({ document: broken }),
        production.config.apply({ document: broken, base }),
      ]),
    ).toEqual(['invalid_expression', 'invalid_expression']);
  });

  test.each([
    [
      'a field that is not there',
      { activities: [{ ...activity('a'), tenant: 'bolt' }] },
      '/document/definitions/activities/0',
    ],
    [
      'what the platform sets',
      { activities: [{ ...activity('a'), author: 'me', version: 9 }] },
      '/document/definitions/activities/0',
    ],
    ['no id', { currencies: [{ name: { en: 'XP' } }] }, '/document/definitions/currencies/0/id'],
    ['a draft', { activities: [{ ...activity('a'), draft: true }] }, '/document/definitions/activities/0/draft'],
    ['one id twice', { activities: [activity('a'), activity('a')] }, '/document/definitions/activities/1/id'],
    [
      'a name that every object has',
      { activities: [activity('constructor')] },
      '/document/definitions/activities/0/id',
    ],
    ['a kind that is none', { users: [] }, '/document/definitions'],
    ['something else than definitions', { activities: [7] }, '/document/definitions/activities/0'],
  ])('with %s is refused with its place', async (_what, definitions, pointer) => {
    await freshPair();
    const access = await accessTo(`production-${cases}`);
    const before = await game.snapshot();
    const body = { document: { format: 'laurel.config/1', definitions }, base: '' };
    const answer = await call(access, 'POST', '/dashboard/v1/config/apply', { body });
    expect(answer.body).toMatchObject({
      code: 'invalid_request',
      errors: [{ pointer: expect.stringContaining(pointer) }],
    });
    expect(await game.snapshot()).toBe(before);
  });

  test.each([
    '{"document":{"format":"laurel.config/1","definitions":{"__proto__":{"polluted":[]}}}}',
    '{"document":{"format":"laurel.config/1","definitions":{"activities":[{"id":"a","name":{"en":"A"},"__proto__":{"polluted":1}}]}}}',
    '{"document":{"format":"laurel.config/1","definitions":{"activities":[{"id":"a","name":{"en":"A"},"constructor":{"prototype":{"polluted":1}}}]}}}',
    '{"document":{"format":"laurel.config/1","definitions":{"activities":[{"id":"a","name":{"en":"A"},"attributes":{"__proto__":{"type":"string"}}}]}}}',
  ])('with keys of prototypes is refused or says nothing: %s', async (body) => {
    await freshPair();
    const answer = await call(await accessTo(`production-${cases}`), 'POST', '/dashboard/v1/config/plan', { body });
    expect([200, 400]).toContain(answer.status);
    expect(answer.text).not.toContain('"after":');
    expect(Object({}).polluted).toBeUndefined();
    expect(answer.status === 200 ? Object(answer.body.changes).map(({ id }: { id: string }) => id) : []).toEqual(
      answer.status === 200 && body.includes('"activities"') ? ['a'] : [],
    );
  });

  test('is bounded like any body', async () => {
    await freshPair();
    const answer = await call(await accessTo(`production-${cases}`), 'POST', '/dashboard/v1/config/plan', {
      body: { document: manyOf(3000, 1) },
    });
    expect([answer.status, answer.body.code]).toEqual([413, 'body_too_large']);
  });
});

/** A credential's token for a workspace. */
async function accessTo(workspace: string, scopes?: readonly string[]) {
  const access = await game.platform.createWorkspaceClient({ tenant: 'acme', workspace }, scopes);
  const basic = Buffer.from(`${access.clientId}:${access.clientSecret}`).toString('base64');
  const answer = await fetch(access.tokenEndpoint, {
    method: 'POST',
    headers: { authorization: `Basic ${basic}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
  const token: unknown = Object(await answer.json()).access_token;
  return { baseUrl: access.baseUrl, token: String(token) };
}

describe('who may', () => {
  test.each([
    ['viewer', [200, 200, 403]],
    ['member', [200, 200, 403]],
    ['manager', [200, 200, 200]],
  ] as const)('a %s export, plan and apply', async (role, expected) => {
    await freshPair();
    const person = { email: `${role}-${cases}@example.com`, password: 'correct horse battery staple' };
    await game.platform.createOperator({ tenant: 'acme', workspace: `production-${cases}` }, { ...person, role });
    const access = { baseUrl: `${game.platform.baseUrl}/acme`, token: await signIn(game.platform.baseUrl, person) };
    const document = documentOf({ activities: [activity('a')] });
    const { base } = await production.config.plan({ document });
    const answers = [
      await call(access, 'GET', '/dashboard/v1/config/export'),
      await call(access, 'POST', '/dashboard/v1/config/plan', { body: { document } }),
      await call(access, 'POST', '/dashboard/v1/config/apply', { body: { document, base } }),
    ];
    expect(answers.map(({ status }) => status)).toEqual(expected);
  });
});

describe('more than one transaction takes', () => {
  const COUNT = 200;

  /** What releases have put aside in this case's workspace. */
  const aside = async () =>
    (await game.snapshot()).split('\n').filter((line) => line.includes(`#W#production-${cases}#RELEASES`));

  test('is applied all at once: no event meets a part of it', async () => {
    await freshPair();
    await promote(staging, production);
    const first = manyOf(COUNT, 1);
    const one = await production.config.apply({
      document: first,
      base: (await production.config.plan({ document: first })).base,
    });
    expect(one).toMatchObject({ creates: 2 * COUNT + 1, ruleset: 1 });
    expect((await production.config.plan({ document: await production.config.export() })).unchanged).toBe(
      2 * COUNT + 1,
    );

    const second = manyOf(COUNT, 2);
    const { base } = await production.config.plan({ document: second });
    let applied = false;
    const apply = production.config.apply({ document: second, base }).then((result) => {
      applied = true;
      return result;
    });
    const rounds: number[][] = [];
    for (let round = 0; !applied || round < 3; round += 1) {
      const events = [0, COUNT / 2, COUNT - 1].map((index) => ({ externalUserId: 'ada', activity: `a-${index}` }));
      // One call, one rulebook: its events are of before or of after.
      const { items } = await production.events.trackBatch({ events, dryRun: true });
      rounds.push(
        items.map((item) => (item.status === 'accepted' ? (amountsOf(item.receipt.effects.rewards)[0] ?? 0) : -1)),
      );
    }
    expect(await apply).toMatchObject({ updates: COUNT, ruleset: 2 });
    for (const amounts of rounds) expect(new Set(amounts).size).toBe(1);
    expect(rounds.at(-1)).toEqual([2, 2, 2]);
    expect((await production.rewardRules.list({ limit: 200 })).items.every(({ version }) => version === 2)).toBe(true);
    // Nothing of it is left aside.
    expect(await aside()).toEqual([]);
  });

  test('is finished by whoever comes next, where the writing of it was cut short at any point', async () => {
    const { engine } = game.platform.inside.database;
    for (const cut of times(9, Number)) {
      await freshPair();
      const access = await accessTo(`production-${cases}`);
      const document = manyOf(100, 1 + cut);
      const { base } = await production.config.plan({ document });
      const result = await production.config.apply({ document, base });
      expect(result.ruleset).toBe(1);
      // Of the writes that follow, the first `cut` succeed, and the next one does not come back.
      const table = game.table;
      const send = table.client.send.bind(table.client);
      let left = cut;
      // Not written at all, or written and only the answer lost.
      const when = cut % 2 === 0 ? 'before' : 'after';
      table.client.send = Object.assign(async (...given: Parameters<typeof send>) => {
        if (given[0].constructor.name === 'TransactWriteCommand') {
          if (left === 0) {
            left = -1;
            engine.failNext({ operation: 'TransactWriteItems', error: { name: 'ValidationException' }, when });
          } else left -= 1;
        }
        return send(...given);
      }, table.client.send);
      // Not by the SDK, which would try again.
      const broken = await call(access, 'GET', '/dashboard/v1/activities');
      table.client.send = send;
      expect(broken.body.code).toBe('internal_error');
      expect((await production.rewardRules.list({ limit: 200 })).items).toHaveLength(100);
      expect((await production.config.plan({ document })).unchanged).toBe(201);
      const versions = (await production.activities.listVersions('a-50')).items;
      expect(versions).toMatchObject([{ version: 1, revision: 1, ruleset: 1 }]);
    }
  });

  test('that came to nothing leaves no mark on players, and is swept away by the next', async () => {
    await freshPair();
    const document = manyOf(100, 1);
    const { base } = await production.config.plan({ document });
    const codes = await codesOf([
      production.config.apply({ document, base }),
      production.config.apply({ document: manyOf(100, 2), base }),
      production.config.apply({ document: manyOf(100, 3), base }),
    ]);
    expect(codes.toSorted()).toEqual(['none', 'outdated', 'outdated']);
    const amounts = (await production.rewardRules.list({ limit: 200 })).items.map(
      ({ rewards }) => amountsOf(rewards)[0],
    );
    expect(amounts).toHaveLength(100);
    expect(new Set(amounts).size).toBe(1);
    const after = manyOf(100, 9);
    await production.config.apply({ document: after, base: (await production.config.plan({ document: after })).base });
    await production.rewardRules.list();
    expect(await aside()).toEqual([]);
  });
});
