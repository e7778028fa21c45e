import { describe, expect, test } from 'vitest';
import { faults, verdict } from './facts.ts';

const typed = {
  attributes: {
    score: { type: 'integer', required: true },
    ratio: { type: 'number' },
    course: { type: 'string' },
    live: { type: 'boolean' },
  },
} as const;

describe('what is wrong is told with its place', () => {
  test.each([
    ['event.valeu > 1', 'event.valeu'.slice(6), /No such key: valeu/],
    ['event.value > 1 && evnt.id == "a"', 'evnt', /Unknown variable: evnt/],
    ['event.attributes.scores > 1', 'scores', /No such key: scores/],
    ['has(event.attributes.scores)', 'event.attributes.scores', /No such key: scores/],
    ['has(event.nothing)', 'event.nothing', /No such key: nothing/],
    ['event.value == "one"', 'event.value == "one"', /int == string/],
    ['event.value + 1.5 > 2.0', 'event.value + 1.5', /do not mix/],
    ['event.attributes.ratio == 1', 'event.attributes.ratio == 1', /do not mix/],
    ['event.value', 'event.value', /true or false.*int/],
    ['user.language in [1]', 'user.language in [1]', /string in list<int>/],
    ['event.value >', '', /EOF/],
    ['event.constructor == "x"', 'constructor', /No such key: constructor/],
    ['player.balances["xp"] > "a"', 'player.balances["xp"] > "a"', /int > string/],
    ['event.attributes.course', 'event.attributes.course', /type string/],
  ])('%s', (text, at, message) => {
    expect(faults(text, typed)).toEqual([{ at, message: expect.stringMatching(message) }]);
  });

  test('what may be of any type must be compared before it is a condition', () => {
    expect(faults('event.attributes.live')).toMatchObject([{ message: expect.stringContaining('dyn') }]);
    expect(faults('event.attributes.live == true')).toEqual([]);
    expect(faults('event.attributes.live', typed)).toEqual([]);
  });
});

describe('a user', () => {
  const declared = {
    attributes: undefined,
    userAttributes: { level: { type: 'integer' }, ratio: { type: 'number' }, plan: { type: 'string' } },
  } as const;

  test.each([
    ['user.attributes.levle > 1', 'levle', /No such key: levle/],
    ['has(user.attributes.levle)', 'user.attributes.levle', /No such key: levle/],
    ['user.attributes.plan > 1', 'user.attributes.plan > 1', /string > int/],
    ['user.attributes.level + 0.5 > 1.0', 'user.attributes.level + 0.5', /do not mix/],
    ['1 in user.tags', '1 in user.tags', /int in list<string>/],
    ['user.tags == "vip"', 'user.tags == "vip"', /list<string> == string/],
    ['user.tags.startsWith("v")', 'user.tags.startsWith("v")', /startsWith/],
    ['player.levels["a"] == "b"', 'player.levels["a"] == "b"', /int == string/],
    ['player.level["a"] == 1', 'level', /No such key: level/],
  ])('%s is ill-typed', (text, at, message) => {
    expect(faults(text, declared)).toEqual([{ at, message: expect.stringMatching(message) }]);
  });

  test('has the declared attributes, each of its type, or any where nothing is declared', () => {
    const user = { attributes: { level: 7, ratio: 2, plan: 'pro' }, tags: ['vip', 'plan:pro'] };
    const text = 'user.attributes.level / 2 == 3 && user.attributes.ratio / 4.0 == 0.5 && "vip" in user.tags';
    expect(verdict(text, { user }, declared)).toEqual({ holds: true });
    expect(verdict('user.attributes.anything == 1', { user: { attributes: { anything: 1 } } })).toEqual({
      holds: true,
    });
    expect(verdict('user.attributes.plan == "x"', { user: { attributes: {} } }, declared)).toMatchObject({
      why: 'condition_refused',
      values: { refusal: expect.stringContaining('No such key: plan') },
    });
  });

  test('whose counts are missing has none of what is known', () => {
    const player = { levels: { ranks: 2 }, badges: { founder: 1 }, counters: {} };
    expect(verdict('player.levels["ranks"] == 2 && player.badges["founder"] == 1', { player })).toEqual({
      holds: true,
    });
    expect(verdict('player.counters["lesson"] == 0 && player.balances["xp"] == 0', { player })).toEqual({
      holds: true,
    });
    expect(verdict('player.counters["lessen"] == 0', { player })).toMatchObject({ why: 'condition_refused' });
  });
});

describe('numbers', () => {
  test('whole ones are integers, and keep every digit', () => {
    const value = 1_000_000_000;
    expect(verdict('event.value * event.value == 1000000000000000000', { value })).toEqual({ holds: true });
    expect(verdict('event.attributes.a / 2 == 3', { attributes: { a: 7 } })).toEqual({ holds: true });
  });

  test('an attribute that is declared as a number is a fraction even where it is whole', () => {
    const given = { attributes: { score: 1, ratio: 5 } };
    expect(verdict('event.attributes.ratio / 2.0 == 2.5', given, typed)).toEqual({ holds: true });
    expect(verdict('event.attributes.ratio > 4 && event.attributes.score < 1.5', given, typed)).toEqual({
      holds: true,
    });
  });

  test('where nothing is declared, a mix is found when it is met, and counts as false', () => {
    expect(verdict('event.attributes.a + 1 > 0', { attributes: { a: 1.5 } })).toEqual({
      holds: false,
      why: 'condition_refused',
      values: { 'event.attributes.a': 1.5, refusal: expect.stringContaining('do not mix') },
    });
  });

  test.each([
    ['event.value / (event.value - 1) > 0', 'division by zero'],
    ['9223372036854775807 + event.value > 0', 'integer overflow'],
    ['event.attributes.missing > 0', 'No such key: missing'],
    ['int("one") == event.value', 'cannot convert'],
  ])('%s counts as false, and says why', (text, refusal) => {
    expect(verdict(text)).toMatchObject({
      holds: false,
      why: 'condition_refused',
      values: { refusal: expect.stringContaining(refusal) },
    });
  });
});

describe('what decided it', () => {
  test('is told by the paths of the facts, absent ones left out', () => {
    const text =
      'event.value > 5 || event.attributes.course == "rust" || player.balances["xp"] >= 100 || now < event.occurredAt';
    const given = { attributes: { course: 'go' }, balances: { xp: 7 } };
    expect(verdict(text, given)).toEqual({
      holds: false,
      why: 'condition_false',
      values: {
        'event.value': 1,
        'event.attributes.course': 'go',
        'player.balances["xp"]': 7,
        now: '2026-11-24T12:00:00.000Z',
        'event.occurredAt': '2026-11-24T12:00:00.000Z',
      },
    });
  });

  test('a currency that was never earned has a balance of 0', () => {
    expect(verdict('player.balances["xp"] == 0 && player.balances.xp < 1')).toEqual({ holds: true });
    expect(verdict('player.balances["gems"] == 0')).toMatchObject({ why: 'condition_refused' });
  });
});

describe('names that every object has', () => {
  test.each(['constructor', 'toString', 'hasOwnProperty', 'valueOf', '__proto__', 'prototype'])(
    '%s is a name',
    (name) => {
      const path = `event.attributes["${name}"]`;
      const attributes = Object.fromEntries([[name, 'x']]);
      expect(verdict(`${path} == "x"`, { attributes })).toEqual({ holds: true });
      expect(verdict(`${path} == "x"`)).toMatchObject({ why: 'condition_refused' });
      expect(verdict(`"${name}" in event.attributes`)).toMatchObject({ why: 'condition_false' });
      expect(verdict(`"${name}" in player.balances`)).toMatchObject({ why: 'condition_false' });
    },
  );

  test('do not reach the object itself', () => {
    expect(verdict('has(event.attributes.constructor)')).toMatchObject({ why: 'condition_false' });
    expect(faults('user.constructor == user.constructor')).toMatchObject([{ at: 'constructor' }]);
  });
});
