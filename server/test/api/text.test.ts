import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { acceptedLanguages, bestText } from '../../src/api/text.ts';

describe('Accept-Language', () => {
  test.each([
    [undefined, []],
    ['', []],
    ['it', ['it']],
    ['en;q=0.2, it;q=0.8, de', ['de', 'it', 'en']],
    ['en;Q=0.2, it;q=0.8', ['it', 'en']],
    ['fr, en, it', ['fr', 'en', 'it']],
    ['it;q=0, en', ['en']],
    ['*', []],
    ['it;q=never, en', ['en']],
    [' pt-BR ; q=0.5 ,, en ', ['en', 'pt-BR']],
  ])('%s', (header, languages) => {
    expect(acceptedLanguages(header)).toEqual(languages);
  });
});

describe('the best text', () => {
  const texts = { it: 'ciao', 'pt-BR': 'oi', en: 'hello', 'zh-Hant': 'nihao', 'de-1996': 'hallo' };

  test.each([
    [['it'], 'ciao'],
    [['IT'], 'ciao'],
    [['it-CH'], 'ciao'],
    [['pt-br'], 'oi'],
    // RFC 4647, section 3.4: a lookup drops subtags from the end, and never adds one.
    [['pt', 'en'], 'hello'],
    [['fr', 'it', 'en'], 'ciao'],
    [['fr-CA', 'pt-BR-x-a', 'it'], 'oi'],
    // A single letter goes together with what stood behind it.
    [['zh-Hant-CN-x-private1-private2'], 'nihao'],
    [['de-1996-x-y', 'en'], 'hallo'],
  ])('for %j is %s', (wanted, text) => {
    expect(bestText(texts, wanted)).toBe(text);
  });

  test('is that of the default language before any other, which is the last that is wanted', () => {
    expect(bestText({ de: 'hallo', en: 'hello', it: 'ciao' }, ['fr', 'es', 'it'])).toBe('ciao');
  });

  test('without any match is the same whatever order the texts are in', () => {
    const entries = fc.uniqueArray(fc.constantFrom('de', 'en', 'it', 'pt-BR', 'zh-Hant'), { minLength: 1 });
    fc.assert(
      fc.property(entries, (tags) => {
        const inOrder = Object.fromEntries(tags.map((tag) => [tag, tag]));
        const turned = Object.fromEntries(tags.toReversed().map((tag) => [tag, tag]));
        expect(bestText(inOrder, ['fr'])).toBe(bestText(turned, ['fr']));
      }),
    );
  });
});
