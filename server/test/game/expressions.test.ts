import { isProblem, type Laurel } from '@laurel/sdk/server';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { amountsOf, boardOf, defineBasics, missionOf, streakOf } from './definitions.ts';
import { clockAt, codeOf, type Game, openGame, times } from './world.ts';

let game: Game;
let laurel: Laurel;
beforeEach(async () => {
  game = await openGame({ clock: clockAt('2026-06-01T12:00:00Z') });
  laurel = game.laurel;
  await defineBasics(laurel);
  await laurel.users.create({ id: 'ada', language: 'it', zone: 'Europe/Rome' });
});
afterEach(() => game.close());

type Attributes = Readonly<Record<string, string | number | boolean>>;
const track = (more: { id?: string; activity?: string; value?: number; attributes?: Attributes } = {}) =>
  laurel.events.track({ userId: 'ada', activity: 'lesson', ...more });
const xp = (amount: number) => [{ kind: 'currency' as const, currency: 'xp', amount }];
const rule = (id: string, amount: number, condition?: string) => ({
  id,
  name: { en: id },
  trigger: { kind: 'event' as const, activity: 'lesson' },
  rewards: xp(amount),
  ...(condition === undefined ? {} : { condition }),
});
const amounts = async (sent: ReturnType<typeof track>) => amountsOf((await sent).effects.rewards);

/** What a call is refused with: its code, and each field's pointer and place. */
async function refusal(call: PromiseLike<unknown>) {
  try {
    await call;
  } catch (error) {
    if (!isProblem(error)) throw error;
    const places = (error.errors ?? []).map(({ pointer, from, to }) => [pointer, from, to]);
    return { status: error.status, code: error.code, detail: error.detail, places };
  }
  throw new Error('it was not refused');
}

describe('case 5 with a condition: always 20 and fallback 5', () => {
  test('a matching event pays 20, another pays 5, never 25', async () => {
    await laurel.rewardRules.create(rule('twenty', 20, 'event.value >= 10 && user.language == "it"'));
    await laurel.rewardRules.create({ ...rule('five', 5), mode: 'fallback' });
    await laurel.users.create({ id: 'bob', language: 'de' });
    const paid = await Promise.all(
      times(20, (index) => amounts(track({ value: index })).then((given) => [index, given] as const)),
    );
    for (const [index, given] of paid) expect(given).toEqual(index >= 10 ? [20] : [5]);
    expect(await amounts(laurel.events.track({ userId: 'bob', activity: 'lesson', value: 10 }))).toEqual([5]);
    const { available } = await laurel.as({ userId: 'ada' }).wallets.get('xp');
    expect(available).toBe(10 * 20 + 10 * 5);
  });

  test('a condition over balances sees them as they were before the event', async () => {
    await laurel.rewardRules.create(rule('first-hundred', 60, 'player.balances["xp"] < 100'));
    expect([await amounts(track()), await amounts(track()), await amounts(track())]).toEqual([[60], [60], []]);
  });
});

describe('missions, streaks and boards with a condition', () => {
  test('are moved only by events for which it holds', async () => {
    const condition = 'event.attributes.score >= 50';
    const { steps, ...mission } = missionOf(2);
    await laurel.missions.create({ id: 'passed', ...mission, steps: steps.map((step) => ({ ...step, condition })) });
    await laurel.streaks.create({ id: 'daily', ...streakOf('UTC'), condition });
    await laurel.leaderboards.create({ id: 'best', ...boardOf('competition'), condition });
    const low = await track({ attributes: { score: 49 } });
    expect([low.effects.progress, low.effects.streaks, low.effects.scores]).toEqual([[], [], []]);
    const high = await track({ attributes: { score: 50 } });
    expect([high.effects.progress.length, high.effects.streaks.length, high.effects.scores.length]).toEqual([1, 1, 1]);
    const seen = await laurel.as({ userId: 'ada' }).missions.get('passed');
    expect(seen.progress).toMatchObject({ amount: 1, target: 2 });
    expect(seen.steps[0]).not.toHaveProperty('condition');
  });
});

describe('a condition that is wrong is refused when it is saved', () => {
  const wrong = 'event.value > 1 && event.scores > 2';
  const place = [wrong.indexOf('scores'), wrong.indexOf('scores') + 'scores'.length];

  test('in every kind of definition, with the field and the place in its text', async () => {
    const { steps, ...mission } = missionOf(2);
    const before = await game.snapshot();
    const refusals = [
      await refusal(laurel.rewardRules.create(rule('r', 1, wrong))),
      await refusal(
        laurel.missions.create({ ...mission, steps: steps.map((step) => ({ ...step, condition: wrong })) }),
      ),
      await refusal(laurel.streaks.create({ ...streakOf('UTC'), condition: wrong })),
      await refusal(laurel.leaderboards.create({ ...boardOf('dense'), condition: wrong })),
    ];
    expect(refusals.map(({ status, code, places }) => [status, code, places])).toEqual([
      [422, 'invalid_expression', [['/condition', ...place]]],
      [422, 'invalid_expression', [['/steps/0/condition', ...place]]],
      [422, 'invalid_expression', [['/condition', ...place]]],
      [422, 'invalid_expression', [['/condition', ...place]]],
    ]);
    expect(await game.snapshot()).toBe(before);
  });

  test('when it is changed, too, and the version before stays at work', async () => {
    const saved = await laurel.rewardRules.create(rule('r', 7, 'event.value > 1'));
    const { id: _, ...changed } = rule('r', 7, 'event.value');
    expect(await codeOf(laurel.rewardRules.update('r', changed, { ifMatch: saved }))).toBe('invalid_expression');
    expect(await amounts(track({ value: 2 }))).toEqual([7]);
  });
});

describe('what a condition counts by', () => {
  const names = [
    ['balances', 'currency'],
    ['levels', 'level track'],
    ['badges', 'badge'],
    ['counters', 'activity'],
  ] as const;

  test.each(names)('is known: player.%s', async (of, what) => {
    const text = `event.value > 1 && player.${of}["nope"] > 0`;
    expect(await refusal(laurel.rewardRules.create(rule('r', 1, text)))).toMatchObject({
      code: 'invalid_expression',
      detail: `/condition: there is no ${what} nope`,
      places: [['/condition', 19, text.length - 4]],
    });
  });

  test('stays at work as long as a condition asks for it', async () => {
    await laurel.currencies.create({ id: 'gems', name: { en: 'Gems' } });
    await laurel.rewardRules.create(rule('r', 1, 'player.balances.gems == 0'));
    expect(await refusal(laurel.currencies.archive('gems'))).toMatchObject({ code: 'in_use' });
    await laurel.rewardRules.archive('r');
    expect(await codeOf(laurel.currencies.archive('gems'))).toBe('none');
  });

  test('is in the tester as it is in the game: nothing of what there is none of, and level 1', async () => {
    await laurel.levelTracks.create({
      id: 'rank',
      name: { en: 'Rank' },
      currency: 'xp',
      curve: { kind: 'linear', step: 100, levels: 10 },
    });
    const expression = 'player.levels["rank"] == 1 && player.balances["xp"] == 0';
    expect(await laurel.expressions.evaluate({ expression, facts: {} })).toMatchObject({ value: true });
  });
});

describe('attributes that an activity declares', () => {
  const attributes = { score: { type: 'integer', required: true }, course: { type: 'string' } } as const;
  beforeEach(async () => {
    await laurel.activities.create({ id: 'exam', name: { en: 'Exam' }, attributes });
  });
  const exam = (id: string, given: Attributes) => track({ id, activity: 'exam', attributes: given });

  test.each([
    ['a missing one', {}, '/attributes/score'],
    ['a fraction', { score: 1.5 }, '/attributes/score'],
    ['a text', { score: '7' }, '/attributes/score'],
    ['a number for a text', { score: 7, course: 7 }, '/attributes/course'],
    ['one that is not declared', { score: 7, other: 1 }, '/attributes/other'],
    ['a name that every object has', { score: 7, constructor: 'x' }, '/attributes/constructor'],
  ])('refuse %s', async (_what, given: Attributes, pointer) => {
    const { status, code, places } = await refusal(exam('evt-1', given));
    expect([status, code, places.map(([where]) => where)]).toEqual([422, 'unprocessable', [pointer]]);
    expect(await codeOf(laurel.events.get('evt-1'))).toBe('not_found');
  });

  test('are judged item by item in a batch', async () => {
    const items = [{ score: 7 }, { score: '7' }, { score: 8, course: 'rust' }].map((given, index) => ({
      id: `evt-${index}`,
      userId: 'ada',
      activity: 'exam',
      attributes: given,
    }));
    const answer = await laurel.events.trackBatch({ events: items });
    expect(answer.items.map(({ status }) => status)).toEqual(['accepted', 'rejected', 'accepted']);
  });

  test('where none are declared, all are taken, whatever their names', async () => {
    await laurel.rewardRules.create(rule('named', 3, 'event.attributes.constructor == "x"'));
    expect(await amounts(track({ attributes: { constructor: 'x', toString: 1 } }))).toEqual([3]);
    expect(await amounts(track({ attributes: { constructor: 'y' } }))).toEqual([]);
    expect(await amounts(track())).toEqual([]);
  });

  test('an event that was counted is answered as it was, whatever is declared later', async () => {
    const first = await track({ id: 'evt-1', attributes: { note: 'x' } });
    const lesson = await laurel.activities.get('lesson');
    await laurel.activities.update('lesson', { name: lesson.name, attributes }, { ifMatch: lesson });
    expect(await track({ id: 'evt-1', attributes: { note: 'x' } })).toEqual(first);
    expect(await codeOf(track({ id: 'evt-2', attributes: { note: 'x' } }))).toBe('unprocessable');
  });

  test('type-check conditions over them, and cannot be changed under those', async () => {
    const on = { trigger: { kind: 'event' as const, activity: 'exam' } };
    const text = 'event.attributes.score > 3 && event.attributes.course == "rust"';
    const typo = text.replace('course', 'cuorse');
    expect((await refusal(laurel.rewardRules.create({ ...rule('r', 3, typo), ...on }))).places).toEqual([
      ['/condition', typo.indexOf('cuorse'), typo.indexOf('cuorse') + 6],
    ]);
    await laurel.rewardRules.create({ ...rule('r', 3, text), ...on });
    const found = await laurel.activities.get('exam');
    const without = { name: found.name, attributes: { score: attributes.score } };
    const refused = await refusal(laurel.activities.update('exam', without, { ifMatch: found }));
    expect(refused).toMatchObject({ code: 'invalid_expression', places: [['/attributes', undefined, undefined]] });
    expect(refused.detail).toContain('the condition of the reward rule r: No such key: course');
    await laurel.rewardRules.archive('r');
    expect(await codeOf(laurel.activities.update('exam', without, { ifMatch: found }))).toBe('none');
  });
});

describe('the tester', () => {
  test('says of which type an expression is, or what is wrong with it and where', async () => {
    expect(await laurel.expressions.check({ expression: 'event.value + 1' })).toEqual({
      ok: true,
      type: 'int',
      problems: [],
    });
    expect(await laurel.expressions.check({ expression: 'event.valeu', activity: 'lesson' })).toEqual({
      ok: false,
      problems: [{ message: 'No such key: valeu', from: 6, to: 11 }],
    });
    expect(await codeOf(laurel.expressions.check({ expression: 'true', activity: 'missing' }))).toBe(
      'unknown_reference',
    );
  });

  test('evaluates on sample facts, and shows each part', async () => {
    const expression =
      '(event.value + 2) * 3 > 10 && event.attributes.course == "rust" || [1, 2].exists(x, x > event.value)';
    const answer = await laurel.expressions.evaluate({
      expression,
      facts: { event: { value: 2, attributes: { score: 1 } }, user: { language: 'en' } },
    });
    expect(answer).toMatchObject({ type: 'bool', refusal: 'No such key: course' });
    const parts = answer.parts.map(({ expression: text, value, refusal: why }) => [text, value ?? why]);
    expect(parts).toEqual([
      ['event.value', 2],
      ['event.value + 2', 4],
      ['(event.value + 2) * 3', 12],
      ['(event.value + 2) * 3 > 10', true],
      ['event.attributes.course', 'No such key: course'],
      ['event.attributes.course == "rust"', 'No such key: course'],
      [expect.stringContaining('&&'), 'No such key: course'],
      ['[1, 2]', '[1,2]'],
      ['[1, 2].exists(x, x > event.value)', false],
      [expression, 'No such key: course'],
    ]);
  });

  test('holds sample facts to what the activity declares, and refuses what cannot be evaluated', async () => {
    await laurel.activities.create({ id: 'exam', name: { en: 'Exam' }, attributes: { score: { type: 'integer' } } });
    const sample = { activity: 'exam', facts: { event: { attributes: { score: 'x' } } } };
    const wrongSample = await refusal(laurel.expressions.evaluate({ expression: 'event.value > 1', ...sample }));
    expect(wrongSample).toMatchObject({
      code: 'unprocessable',
      places: [['/facts/event/attributes/score', undefined, undefined]],
    });
    const wrongText = await refusal(laurel.expressions.evaluate({ expression: '"a".matches("(a+)+$")', facts: {} }));
    expect(wrongText).toMatchObject({ status: 422, code: 'invalid_expression', places: [['/expression', 0, 21]] });
  });

  test('stores nothing', async () => {
    const before = await game.snapshot();
    await laurel.expressions.evaluate({
      expression: 'player.balances["xp"] == 0 && now >= event.occurredAt',
      facts: {},
    });
    expect(await game.snapshot()).toBe(before);
  });
});
