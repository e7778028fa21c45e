import type { Laurel } from '@laurel/sdk/server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createRulebookReader, type Rulebook } from '../../src/store/definitions.ts';
import { workspaceScope } from '../../src/store/scope.ts';
import type { Place } from '../support/platform.ts';
import { defineBasics, missionOf } from './definitions.ts';
import { clockAt, codeOf, codesOf, type Game, laurelOf, openGame, otherProcess, randomFrom, times } from './world.ts';

/** Every case in a workspace of its own, on one platform whose time stands still. */
const clock = clockAt('2026-11-24T09:00:00Z');
let game: Game;
let laurel: Laurel;
let place: Place;
let cases = 0;

beforeAll(async () => {
  game = await openGame({ clock });
});
afterAll(() => game.close());

async function freshWorkspace(): Promise<void> {
  cases += 1;
  place = { tenant: 'acme', workspace: `life-${cases}` };
  laurel = laurelOf(await game.platform.createWorkspaceClient(place));
  await defineBasics(laurel);
  await laurel.users.create({ id: 'ada' });
}

const rulebook = (version?: number): Promise<Rulebook> =>
  game.platform.inside.platform.rulebooks(workspaceScope(place.tenant, place.workspace), version);
const lesson = () => laurel.events.track({ userId: 'ada', activity: 'lesson' });
const ada = () => laurel.as({ userId: 'ada' });
const balance = async () => (await ada().wallets.get('xp')).available;

/** A rule that pays for each lesson. */
const ruleOf = (amount: number, activity = 'lesson') => ({
  name: { en: 'XP a lesson' },
  trigger: { kind: 'event' as const, activity },
  rewards: [{ kind: 'currency' as const, currency: 'xp', amount }],
});

describe('a draft', () => {
  test('of something new is seen by no player, and gives nothing, until it is published', async () => {
    await freshWorkspace();
    const before = (await rulebook()).version;
    const rule = await laurel.rewardRules.create({ id: 'rule', ...ruleOf(10), draft: true });
    const mission = await laurel.missions.create({ id: 'mission', ...missionOf(1), draft: true });
    expect(rule).toMatchObject({
      status: 'draft',
      version: 1,
      revision: 1,
      draft: true,
      publishedAt: null,
      ruleset: null,
    });
    expect((await rulebook()).version).toBe(before);
    await lesson();
    expect((await ada().missions.list()).items).toEqual([]);
    expect(await codeOf(ada().missions.get('mission'))).toBe('not_found');
    expect(await balance()).toBe(0);
    expect(await laurel.missions.draft('mission')).toEqual(mission);
    expect((await laurel.missions.list({ status: 'draft' })).items).toEqual([mission]);
    expect((await laurel.missions.list({ status: 'published' })).items).toEqual([]);
    expect((await laurel.missions.listVersions('mission')).items).toEqual([]);

    const published = await laurel.rewardRules.publish('rule', {});
    expect(published).toMatchObject({
      status: 'published',
      version: 1,
      revision: 2,
      draft: false,
      ruleset: before + 1,
    });
    expect(published.publishedAt).toBe(clock.now());
    await laurel.missions.publish('mission', {});
    await lesson();
    expect(await balance()).toBe(60);
    expect((await ada().missions.list()).items).toMatchObject([{ id: 'mission', progress: { state: 'completed' } }]);
  });

  test('of the next version leaves what is at work untouched', async () => {
    await freshWorkspace();
    const first = await laurel.rewardRules.create({ id: 'rule', ...ruleOf(10) });
    const { version } = await rulebook();
    const draft = await laurel.rewardRules.update('rule', { ...ruleOf(99), draft: true }, { ifMatch: first });
    expect(draft).toMatchObject({ status: 'draft', version: 2, revision: 2, draft: true });
    const head = await laurel.rewardRules.get('rule');
    expect(head).toEqual({ ...first, draft: true, revision: 2 });
    expect(await laurel.rewardRules.draft('rule')).toEqual(draft);
    expect((await rulebook()).version).toBe(version);
    await lesson();
    expect(await balance()).toBe(10);

    expect(await codeOf(laurel.rewardRules.update('rule', ruleOf(1), { ifMatch: first }))).toBe('version_mismatch');
    const published = await laurel.rewardRules.publish('rule', { revision: draft.revision });
    expect(published).toMatchObject({ status: 'published', version: 2, draft: false, running: 'keep' });
    await lesson();
    expect(await balance()).toBe(109);
    expect(await codeOf(laurel.rewardRules.draft('rule'))).toBe('not_found');
    expect(await codeOf(laurel.rewardRules.publish('rule', {}))).toBe('unprocessable');
  });

  test('that was reviewed is not published where another was saved since', async () => {
    await freshWorkspace();
    const reviewed = await laurel.rewardRules.create({ id: 'rule', ...ruleOf(10), draft: true });
    await laurel.rewardRules.update('rule', { ...ruleOf(1_000), draft: true }, { ifMatch: reviewed });
    expect(await codeOf(laurel.rewardRules.publish('rule', { revision: reviewed.revision }))).toBe('outdated');
    expect((await laurel.rewardRules.get('rule')).status).toBe('draft');
  });

  test('can be discarded, or deleted where it was never published, and leaves no trace', async () => {
    await freshWorkspace();
    const first = await laurel.rewardRules.create({ id: 'rule', ...ruleOf(10) });
    await laurel.rewardRules.update('rule', { ...ruleOf(99), draft: true }, { ifMatch: first });
    expect(await codeOf(laurel.rewardRules.remove('rule'))).toBe('unprocessable');
    expect(await laurel.rewardRules.discardDraft('rule')).toEqual({ ...first, revision: 3 });
    expect(await codeOf(laurel.rewardRules.discardDraft('rule'))).toBe('not_found');

    await laurel.rewardRules.create({ id: 'other', ...ruleOf(1), draft: true });
    expect(
      await codesOf([
        laurel.rewardRules.discardDraft('other'),
        laurel.rewardRules.archive('other'),
        laurel.rewardRules.restore('other', { version: 1 }),
      ]),
    ).toEqual(['unprocessable', 'unprocessable', 'unprocessable']);
    await laurel.rewardRules.remove('other');
    expect(await codeOf(laurel.rewardRules.get('other'))).toBe('not_found');
    expect(await laurel.rewardRules.create({ id: 'other', ...ruleOf(1) })).toMatchObject({ version: 1 });
  });

  test('is replaced by what is published in its place', async () => {
    await freshWorkspace();
    await laurel.rewardRules.create({ id: 'rule', ...ruleOf(10) });
    const draft = await laurel.rewardRules.update('rule', { ...ruleOf(99), draft: true }, { ifMatch: 1 });
    const published = await laurel.rewardRules.update('rule', ruleOf(20), { ifMatch: draft });
    expect(published).toMatchObject({ version: 2, draft: false });
    expect(await codeOf(laurel.rewardRules.draft('rule'))).toBe('not_found');
  });

  test('may refer to what is not there yet, and state what does not fit yet, but is checked when it is published', async () => {
    await freshWorkspace();
    await laurel.rewardRules.create({
      id: 'rule',
      ...ruleOf(10, 'quiz'),
      condition: 'event.attributes.score > 5',
      draft: true,
    });
    expect(await codeOf(laurel.rewardRules.publish('rule', {}))).toBe('unknown_reference');
    await laurel.activities.create({
      id: 'quiz',
      name: { en: 'Quiz' },
      attributes: { score: { type: 'string' } },
      draft: true,
    });
    expect(await codeOf(laurel.rewardRules.publish('rule', {}))).toBe('unknown_reference');
    const quiz = await laurel.activities.publish('quiz', {});
    expect(await codeOf(laurel.rewardRules.publish('rule', {}))).toBe('invalid_expression');
    await laurel.activities.update(
      'quiz',
      { name: { en: 'Quiz' }, attributes: { score: { type: 'integer' } } },
      { ifMatch: quiz },
    );
    expect(await laurel.rewardRules.publish('rule', {})).toMatchObject({ status: 'published', version: 1 });
  });

  test('must be well-formed all the same', async () => {
    await freshWorkspace();
    const create = (condition: string) => laurel.rewardRules.create({ ...ruleOf(10), condition, draft: true });
    expect(await codesOf([create('event.value >'), create('event.valeu > 1'), create('event.value + 1')])).toEqual(
      times(3, () => 'invalid_expression'),
    );
  });
});

describe('versions', () => {
  test('are kept as they were published, each with who and when', async () => {
    await freshWorkspace();
    const [one, two, three, four] = [
      await laurel.rewardRules.create({ id: 'rule', ...ruleOf(1) }),
      await laurel.rewardRules.update('rule', ruleOf(2), { ifMatch: 1 }),
      await laurel.rewardRules.archive('rule'),
      await laurel.rewardRules.unarchive('rule'),
    ];
    expect([one, two, three, four].map(({ version, status, running }) => [version, status, running])).toEqual([
      [1, 'published', 'keep'],
      [2, 'published', 'keep'],
      [3, 'archived', 'keep'],
      [4, 'published', 'keep'],
    ]);
    const restored = await laurel.rewardRules.restore('rule', { version: 1 });
    expect(restored).toMatchObject({ ...ruleOf(1), version: 5, status: 'published', running: 'keep' });
    await lesson();
    expect(await balance()).toBe(1);

    const all = [restored, four, three, two, one];
    expect(await laurel.rewardRules.listVersions('rule', { limit: 2 }).toArray({ max: 10 })).toEqual(all);
    for (const version of all)
      expect(await laurel.rewardRules.getVersion('rule', `${version.version}`)).toEqual(version);
    expect(
      await codesOf([laurel.rewardRules.getVersion('rule', '6'), laurel.rewardRules.getVersion('none', '1')]),
    ).toEqual(['not_found', 'not_found']);
    expect(await codeOf(laurel.rewardRules.restore('rule', { version: 9 }))).toBe('unprocessable');
  });

  test('of an archived definition are not made, until it is put back', async () => {
    await freshWorkspace();
    const rule = await laurel.rewardRules.create({ id: 'rule', ...ruleOf(1) });
    const draft = await laurel.rewardRules.update('rule', { ...ruleOf(2), draft: true }, { ifMatch: rule });
    const archived = await laurel.rewardRules.archive('rule');
    expect(archived).toMatchObject({ draft: true, revision: draft.revision + 1 });
    expect(
      await codesOf([
        laurel.rewardRules.update('rule', ruleOf(3), { ifMatch: archived }),
        laurel.rewardRules.publish('rule', {}),
        laurel.rewardRules.restore('rule', { version: 1 }),
      ]),
    ).toEqual(['unprocessable', 'unprocessable', 'unprocessable']);
    await laurel.rewardRules.unarchive('rule');
    expect(await laurel.rewardRules.publish('rule', {})).toMatchObject(ruleOf(2));
  });
});

describe('what others at work refer to', () => {
  test('is not archived, and what refers to it is named', async () => {
    await freshWorkspace();
    await laurel.missions.create({ id: 'mission', ...missionOf(3) });
    await laurel.rewardRules.create({ id: 'waiting', ...ruleOf(1), draft: true });
    await expect(laurel.activities.archive('lesson')).rejects.toMatchObject({
      code: 'in_use',
      errors: [{ code: 'in_use', message: 'mission mission refers to it' }],
    });
    expect(await codeOf(laurel.currencies.archive('xp'))).toBe('in_use');
    await laurel.missions.archive('mission');
    // A draft holds nothing back: it is checked when it is published.
    expect((await laurel.activities.archive('lesson')).status).toBe('archived');
    expect(await codesOf([laurel.missions.unarchive('mission'), laurel.rewardRules.publish('waiting', {})])).toEqual([
      'unknown_reference',
      'unknown_reference',
    ]);
    await laurel.activities.unarchive('lesson');
    expect((await laurel.missions.unarchive('mission')).status).toBe('published');
  });

  test('is not archived behind the back of who refers to it at the same moment', async () => {
    await freshWorkspace();
    const other = await otherProcess(game, place);
    for (const index of times(10, Number)) {
      const id = `a-${index}`;
      await laurel.activities.create({ id, name: { en: 'Any' } });
      const codes = await codesOf([
        laurel.activities.archive(id),
        other.laurel.rewardRules.create({ id: `r-${index}`, ...ruleOf(1, id) }),
      ]);
      expect([
        ['none', 'unknown_reference'],
        ['in_use', 'none'],
      ]).toContainEqual(codes);
    }
    await other.close();
  });
});

describe('the ruleset', () => {
  test('has a version of its own for each publish, also of many operators at once, and loses none', async () => {
    await freshWorkspace();
    const before = (await rulebook()).version;
    const other = await otherProcess(game, place);
    const made = await Promise.all(
      times(30, (index) =>
        (index % 2 === 0 ? laurel : other.laurel).rewardRules.create({ id: `r-${index}`, ...ruleOf(1) }),
      ),
    );
    await other.close();
    expect(made.map(({ ruleset }) => ruleset).toSorted((a, b) => Number(a) - Number(b))).toEqual(
      times(30, (index) => before + 1 + index),
    );
    const { version, definitions } = await rulebook();
    expect(version).toBe(before + 30);
    expect(definitions.rewardRules).toHaveLength(30);
    await lesson();
    expect(await balance()).toBe(30);
  });

  test('is known as it was at every version, whatever happened since and in whichever process', async () => {
    await freshWorkspace();
    const random = randomFrom(7);
    const seen = new Map<number, unknown>();
    const look = async () => {
      const { version, definitions } = await rulebook();
      const { missionVersions: _, streakVersions: __, levelTrackVersions: ___, ...lists } = definitions;
      seen.set(
        version,
        structuredClone({
          lists,
          missionVersions: new Set(definitions.missionVersions.map((one) => JSON.stringify(one))),
        }),
      );
    };
    await look();
    for (const step of times(150, Number)) {
      const id = `m-${random.below(4)}`;
      const target = 1 + random.below(9);
      const found = (await laurel.missions.list()).items.find((mission) => mission.id === id);
      const ifMatch = found?.revision ?? 0;
      const draft = random.below(2) === 0;
      const steps = [
        () =>
          found
            ? laurel.missions.update(id, { ...missionOf(target), draft, running: 'recompute' }, { ifMatch })
            : laurel.missions.create({ id, ...missionOf(target), draft }),
        () => laurel.missions.publish(id, {}),
        () => laurel.missions.archive(id),
        () => laurel.missions.unarchive(id),
        () => laurel.missions.restore(id, { version: 1 + random.below(3) }),
        () => laurel.missions.remove(id),
      ];
      expect(['none', 'unprocessable', 'not_found', 'in_use']).toContain(
        await codeOf((steps[random.below(steps.length)] ?? steps[step % 2] ?? look)()),
      );
      await look();
    }
    expect(seen.size).toBeGreaterThan(15);
    const { rulebooks } = game.platform.inside.platform;
    for (const [version, expected] of seen) {
      const { definitions } = await rulebooks(workspaceScope(place.tenant, place.workspace), version);
      const { missionVersions, streakVersions: _, levelTrackVersions: __, ...lists } = definitions;
      const all = new Set(missionVersions.map((one) => JSON.stringify(one)));
      expect({ lists, missionVersions: all }).toEqual(expected);
    }
  });

  test('is read as it was at its version, also where others publish while it is read', async () => {
    await freshWorkspace();
    const scope = workspaceScope(place.tenant, place.workspace);
    const rule = await laurel.rewardRules.create({ id: 'rule', ...ruleOf(1) });
    // Between the small read of the version and the reads of the definitions, somebody publishes.
    const { client, name } = game.table;
    let published = false;
    const interrupted = Object.create(client, {
      send: {
        value: async (...given: Parameters<typeof client.send>) => {
          if (!published && given[0].constructor.name === 'QueryCommand') {
            published = true;
            await laurel.rewardRules.update('rule', ruleOf(2), { ifMatch: rule });
            await laurel.rewardRules.create({ id: 'later', ...ruleOf(3) });
          }
          return client.send(...given);
        },
      },
    });
    const read = createRulebookReader({ client: interrupted, name });
    const one = await read(scope);
    expect([one.version, one.definitions.rewardRules]).toEqual([rule.ruleset, [rule]]);
    const two = await read(scope);
    expect(two.version).toBe((rule.ruleset ?? 0) + 2);
    expect(two.definitions.rewardRules.map(({ id, version }) => [id, version])).toEqual([
      ['later', 1],
      ['rule', 2],
    ]);
  });

  test('knows each version of a mission with what it makes of running progress, and since when', async () => {
    await freshWorkspace();
    const first = await laurel.missions.create({ id: 'mission', ...missionOf(5) });
    const second = await laurel.missions.update('mission', { ...missionOf(9), running: 'reset' }, { ifMatch: first });
    const { missionVersion } = await rulebook();
    expect(missionVersion('mission', 1)).toMatchObject({ running: 'keep', ruleset: first.ruleset, steps: first.steps });
    expect(missionVersion('mission', 2)).toMatchObject({ running: 'reset', ruleset: second.ruleset });
    const before = await rulebook(first.ruleset ?? 0);
    expect(before.missionVersion('mission', 2)).toBeUndefined();
    await expect(rulebook((await rulebook()).version + 1)).rejects.toThrow(RangeError);
  });
});

describe('names', () => {
  test('are told in the language that the reader accepts, their own, the workspace’s, else any', async () => {
    place = { tenant: 'lingua', workspace: 'main' };
    const root = laurelOf(await game.platform.createPlatformClient());
    await root.platform.tenants.create({ slug: place.tenant, name: 'Lingua' });
    await root.platform.workspaces.create(place.tenant, { slug: place.workspace, name: 'Main', language: 'it' });
    laurel = laurelOf(await game.platform.createWorkspaceClient(place));
    await defineBasics(laurel);
    const named = async (id: string, name: Record<string, string>) =>
      laurel.missions.create({ id, ...missionOf(3), name, description: name });
    await named('translated', { de: 'Lektionen', en: 'Lessons', it: 'Lezioni' });
    await named('other', { 'pt-BR': 'Aulas', de: 'Lektionen' });
    await laurel.users.create({ id: 'ada' });
    await laurel.users.create({ id: 'uwe', language: 'de-AT' });

    const seen = async (userId: string, accepts?: string) => {
      const headers = accepts === undefined ? {} : { headers: { 'accept-language': accepts } };
      const { items } = await laurel.as({ userId }).missions.list({}, headers);
      for (const { name, description } of items) expect(description).toBe(name);
      return items.map(({ name }) => name);
    };
    expect(await seen('ada')).toEqual(['Lektionen', 'Lezioni']);
    expect(await seen('ada', 'fr, es;q=0.5')).toEqual(['Lektionen', 'Lezioni']);
    expect(await seen('ada', 'en-GB;q=0.2, pt-BR;q=0.8')).toEqual(['Aulas', 'Lessons']);
    expect(await seen('uwe')).toEqual(['Lektionen', 'Lektionen']);
    expect(await seen('uwe', 'en')).toEqual(['Lektionen', 'Lessons']);
  });
});
