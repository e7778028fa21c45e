import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkedUrl, filledPath, queryText } from '../src/core/url.ts';

const id = fc.string({ minLength: 1, unit: 'binary' }).filter((text) => text.isWellFormed() && !/^\.\.?$/.test(text));

test('any id stands in one segment of the path, and is read back whole', () => {
  fc.assert(
    fc.property(id, id, (a, b) => {
      const { pathname, search, hash } = new URL(`http://host/t${filledPath('/x/:a/y/:b', [a, b])}`);
      expect(pathname.split('/').map(decodeURIComponent)).toEqual(['', 't', 'x', a, 'y', b]);
      expect(search + hash).toBe('');
    }),
  );
});

test('a query is read back as it was given; arrays repeat their key; undefined and null are left out', () => {
  const text = fc.string({ unit: 'binary' }).filter((value) => value.isWellFormed());
  fc.assert(
    fc.property(fc.array(text, { minLength: 1 }), text, fc.integer(), (many, one, number) => {
      const read = new URLSearchParams(queryText({ many, one, number, not: undefined, nor: null }).slice(1));
      expect(read.getAll('many')).toEqual(many);
      expect(read.getAll('one')).toEqual([one]);
      expect(read.get('number')).toBe(String(number));
      expect(read.has('not') || read.has('nor')).toBe(false);
    }),
  );
  expect(queryText({ not: undefined })).toBe('');
});

test('a base URL keeps its path, and loses its last slash', () => {
  expect(checkedUrl('baseUrl', 'http://127.0.0.1:8787/demo/')).toBe('http://127.0.0.1:8787/demo');
});

test.each(['', 'demo', '/demo', 'ftp://host', 'https://user:s3cret@host', 'https://host?x', 'https://host#x'])(
  'the base URL %j is refused, and not quoted',
  (value) => {
    expect(() => checkedUrl('baseUrl', value)).toThrow(
      expect.objectContaining({ name: 'UsageError', message: 'baseUrl must be a plain http(s) URL.' }),
    );
  },
);
