import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Commit, countCommits, readHistory } from '../src/history.ts';
import { playerOf } from '../src/player.ts';
import { git, makeRepository, temporaryFolder } from './fixture.ts';
import { listOf } from './list.ts';

const folder = await temporaryFolder();
const at = (name: string): string => join(folder.path, name);
const read = (repo: string): Promise<Commit[]> => listOf(readHistory(repo));
const player = (email: string): string => playerOf(Buffer.from(email));

afterAll(folder.remove);

describe('readHistory', () => {
  const repo = at('a repository');
  beforeAll(() =>
    makeRepository(repo, [
      { email: 'Ada@Example.com', at: 1_600_000_000 },
      { email: 'ada@example.com', at: 1_500_000_000, zone: '+1345' },
      { email: '', at: 0, zone: '-9999', parents: [1] },
      { email: 'bo@example.com', at: 4_102_444_800, parents: [2, 3] },
    ]),
  );

  it('gives every commit that HEAD reaches, merges too, parents before children', async () => {
    const commits = await read(repo);
    expect(commits.map((commit) => commit.hash)).toHaveLength(4);
    expect(commits.at(-1)?.hash).toBe((await git(['-C', repo, 'rev-parse', 'HEAD'])).trim());
    expect(commits[0]?.authoredAt).toBe(1_600_000_000);
    expect(commits.map((commit) => commit.authoredAt).sort()).toEqual([0, 1_500_000_000, 1_600_000_000, 4_102_444_800]);
    expect(await countCommits(repo)).toBe(4);
  });

  it('knows players by the e-mail in lower case, an empty one included', async () => {
    const commits = await read(repo);
    expect(new Set(commits.map((commit) => commit.player))).toEqual(
      new Set([player('ada@example.com'), player(''), player('bo@example.com')]),
    );
  });

  it('takes the e-mail as recorded, whatever mailmap and configuration say', async () => {
    const before = await read(repo);
    await writeFile(join(repo, '.mailmap'), 'Grace <grace@example.com> <ada@example.com>\n');
    for (const setting of ['log.mailmap', 'log.showSignature']) await git(['-C', repo, 'config', setting, 'true']);
    await git(['-C', repo, 'config', 'format.pretty', 'full']);
    await git(['-C', repo, 'config', 'i18n.logOutputEncoding', 'ISO-8859-1']);
    expect(await read(repo)).toEqual(before);
  });

  it('reads the repository that was named even where a git hook names another', async () => {
    const before = await read(repo);
    vi.stubEnv('GIT_DIR', at('elsewhere'));
    try {
      expect(await read(repo)).toEqual(before);
    } finally {
      vi.unstubAllEnvs();
    }
  });

  it('reads bare and shallow clones', async () => {
    await git(['clone', '--quiet', '--bare', repo, at('bare.git')]);
    await git(['clone', '--quiet', '--depth=1', pathToFileURL(repo).href, at('shallow')]);
    expect(await read(at('bare.git'))).toEqual(await read(repo));
    expect(await read(at('shallow'))).toEqual((await read(repo)).slice(-1));
  });

  it('may be left early', async () => {
    for await (const commit of readHistory(repo)) {
      expect(commit.hash).toMatch(/^[0-9a-f]{40}$/);
      break;
    }
  });
});

describe('readHistory of commits that git would not write', () => {
  const repo = at('damaged');
  beforeAll(async () => {
    await git(['init', '--quiet', '--initial-branch=main', repo]);
    const tree = (await git(['-C', repo, 'mktree'])).trim();
    const authors = [
      Buffer.from('No Time <a@example.com>'),
      Buffer.from('Before 1970 <b@example.com> -5 +0000'),
      Buffer.from('Overflow <c@example.com> 99999999999999999999 +0000'),
      Buffer.from('Two <d<e@example.com> <f@example.com> 7 +0000'),
      Buffer.concat([Buffer.from('Bytes <'), Buffer.from([0xff, 0xfe, 0x41]), Buffer.from('@x> 8 +0000')]),
      Buffer.from('nobody at all'),
    ];
    let head = '';
    for (const author of authors) {
      const parent = head === '' ? '' : `parent ${head}\n`;
      const object = Buffer.concat([
        Buffer.from(`tree ${tree}\n${parent}author `),
        author,
        Buffer.from('\ncommitter Robot <robot@example.com> 1700000000 +0000\n\nodd\n'),
      ]);
      const write = ['-C', repo, 'hash-object', '-t', 'commit', '-w', '--stdin', '--literally'];
      head = (await git(write, object)).trim();
    }
    await git(['-C', repo, 'update-ref', 'refs/heads/main', head]);
  });

  it('gives what git reads in them, and null for a time that it cannot read', async () => {
    expect((await read(repo)).map((commit) => [commit.authoredAt, commit.player])).toEqual([
      [null, player('a@example.com')],
      [null, player('b@example.com')],
      [1e20, player('c@example.com')],
      [7, player('d<e@example.com')],
      [8, playerOf(Buffer.from([0xff, 0xfe, 0x61, 0x40, 0x78]))],
      [null, player('')],
    ]);
  });

  it('reads an e-mail in the charset that the commit declares', async () => {
    const email = Buffer.from('CAF\u00c9@example.com', 'latin1');
    await makeRepository(at('latin1'), [{ email, at: 5, encoding: 'ISO-8859-1' }]);
    expect((await read(at('latin1')))[0]?.player).toBe(player('caf\u00e9@example.com'));
  });
});

describe('readHistory where there is none', () => {
  it('is empty for a repository without commits, bare or not', async () => {
    await git(['init', '--quiet', at('fresh')]);
    await git(['init', '--quiet', '--bare', at('fresh.git')]);
    for (const name of ['fresh', 'fresh.git']) {
      expect(await read(at(name))).toEqual([]);
      expect(await countCommits(at(name))).toBe(0);
    }
  });

  it('says in one line what is wrong with a path', async () => {
    await mkdir(at('plain folder'));
    await writeFile(at('file'), '');
    await expect(read(at('plain folder'))).rejects.toThrow(
      /^Cannot read a git repository at ".*plain folder": not a git/,
    );
    await expect(read(at('missing'))).rejects.toThrow(/^There is nothing at ".*missing"\.$/);
    await expect(read(at('file'))).rejects.toThrow(/^".*file" is not a directory\.$/);
  });

  it('refuses a HEAD that is broken, instead of calling it empty', async () => {
    const repo = at('broken');
    await makeRepository(repo, [{ email: 'a@example.com', at: 1 }]);
    await writeFile(join(repo, '.git', 'refs', 'heads', 'main'), `${'1'.repeat(40)}\n`);
    await expect(read(repo)).rejects.toThrow(/HEAD|bad object|broken/);
  });
});
