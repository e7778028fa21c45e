import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { sampleText } from '../sample/make.ts';
import { readSample, SAMPLE_COMMITS } from '../src/sample.ts';
import { listOf } from './list.ts';

it('is what its script writes', async () => {
  const file = new URL('../sample/history.sample.json', import.meta.url);
  expect(await readFile(file, 'utf8')).toBe(sampleText());
});

it('is commits of six invented people at example.com', async () => {
  const commits = await listOf(readSample());
  expect(new Set(commits.map((commit) => commit.hash)).size).toBe(SAMPLE_COMMITS);
  expect(new Set(commits.map((commit) => commit.player)).size).toBe(6);
  const emails = sampleText().match(/"email":"[^"]*"/g) ?? [];
  expect(emails.filter((email) => !email.endsWith('@example.com"'))).toEqual([]);
});
