import { describe, expect, it } from 'vitest';
import { readOptions } from '../src/options.ts';
import { progressBar } from '../src/progress-bar.ts';

function screen(isTTY: boolean, columns = 80) {
  const written: string[] = [];
  return { written, output: { isTTY, columns, write: (text: string) => written.push(text) } };
}

describe('progressBar', () => {
  it('is drawn over itself on a terminal, within its width', () => {
    const { written, output } = screen(true, 40);
    const bar = progressBar(output, 200);
    bar.show(50);
    bar.show(200);
    bar.end();
    expect(written).toHaveLength(3);
    expect(written[0]).toMatch(/^\r█{8}░{22} 50 of /);
    expect(written[1]).toMatch(/^\r█{30} 200 of/);
    for (const text of written) expect(text.replace('\r', '').length).toBeLessThan(40);
    expect(written[2]).toBe('\n');
  });

  it('is at most five plain lines elsewhere', () => {
    const { written, output } = screen(false);
    const bar = progressBar(output, 1000);
    for (let done = 10; done <= 1000; done += 10) bar.show(done);
    bar.end();
    expect(written).toEqual([200, 400, 600, 800, 1000].map((done) => `Sent ${done} of 1000 commits.\n`));
  });
});

describe('readOptions', () => {
  const target = ['--base-url', 'http://b', '--client-id', 'i', '--token-endpoint', 'http://t'];

  it('plays where one stands without a word', () => {
    expect(readOptions([], {})).toEqual({ repo: '.', json: false, help: false, target: undefined });
    expect(readOptions([], { LAUREL_CLIENT_SECRET: 'unused' }).target).toBeUndefined();
    expect(readOptions(['--sample', '--json'], {})).toMatchObject({ repo: undefined, json: true });
  });

  it('takes an existing platform, the secret from an option or the environment', () => {
    const expected = { baseUrl: 'http://b', clientId: 'i', clientSecret: 's', tokenEndpoint: 'http://t' };
    expect(readOptions([...target, '--client-secret', 's'], {}).target).toEqual(expected);
    expect(readOptions(target, { LAUREL_CLIENT_SECRET: 's' }).target).toEqual(expected);
  });

  it.each([
    [['--client-id', 'i'], 'needs all of'],
    [target, 'needs all of'],
    [['--repo', ''], '--repo needs a path'],
    [['--repo', 'x', '--sample'], 'not both'],
    [['--nonsense'], "Unknown option '--nonsense'"],
    [['stray'], "Unexpected argument 'stray'"],
  ])('refuses %j', (args, message) => {
    expect(() => readOptions(args, {})).toThrow(message);
  });
});
