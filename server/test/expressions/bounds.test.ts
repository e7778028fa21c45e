import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { MAX_DEPTH, MAX_NODES, MAX_STEPS, MAX_TEXT } from '../../src/expressions/limits.ts';
import { faults, verdict } from './facts.ts';

const list = (length: number) => `[${Array.from({ length }, (_, index) => index)}]`;

function nestedLoops(depth: number): string {
  return depth === 0 ? 'true' : `${list(20)}.all(x${depth}, ${nestedLoops(depth - 1)})`;
}

const doubling = 'cel.bind(a, "xx", cel.bind(b, a + a, cel.bind(c, b + b, size(c + c) > 0)))';

/** Attacks, and what each is refused for. */
const attacks: readonly (readonly [string, string, RegExp])[] = [
  ['loops in loops', nestedLoops(3), /loop inside a loop/],
  [
    'a loop inside the range of a loop inside a loop',
    '[1].all(x, [2].filter(y, y > x).size() > 0)',
    /loop inside a loop/,
  ],
  ['a regular expression that never ends', '"aaaaaaaaaaaaaaaaaaaaaaaaaaaaab".matches("(a+)+$")', /matches.*for ever/],
  ['names that double what they name', doubling, /bind is not available/],
  ['maps that double their elements', '["a"].map(x, x + x).map(x, x + x).size() > 0', /map is not available/],
  ['texts cut and joined', '"a,b".split(",").join("x") == ""', /join is not available/],
  ['a long list', `1 in ${list(MAX_NODES)}`, /nodes|maxAstNodes|at most/],
  ['a huge list', `1 in ${list(5 * MAX_NODES).slice(0, MAX_TEXT - 10)}]`, /maxAstNodes|at most/],
  ['a long sum', `${'1 + '.repeat(MAX_NODES / 2)}1 > 0`, /at most 200/],
  ['deep brackets', `${'('.repeat(300)}true${')'.repeat(300)}`, /maxDepth/],
  ['deep lists', `${'['.repeat(300)}${']'.repeat(300)} == []`, /maxDepth/],
  ['deep negation', `${'!'.repeat(100)}true`, /nested too deeply/],
  ['deep choices', `${'true ? true : '.repeat(30)}true`, /nested too deeply|maxDepth/],
  ['a long text', `"${'a'.repeat(MAX_TEXT)}" == ""`, /at most 2000 characters/],
  ['types switched off', 'dyn(event.value) == "a"', /dyn.*types/],
  ['a number that is too large', 'event.value < 9223372036854775808', /largest integer/],
  ['a time by the clock of the machine', 'timestamp("2026-11-24T12:00:00.000") < now', /takes a literal/],
  ['a zone of the machine', 'event.occurredAt.getHours("Europe/Rome") > 3', /takes 0 arguments/],
  ['a day of the year, which the library counts in the zone of the machine', 'now.getDayOfYear() > 3', /not available/],
  ['a fact hidden by a loop', '[1].all(event, event > 0)', /another name/],
  ['assignments', 'event.value = 3', /Unexpected/],
  ['code', 'constructor.constructor("return process")() == 1', /not available|Unknown|Unexpected/],
];

describe('threat 44: attacks are refused before they run', () => {
  test.each(attacks)('%s', (_name, text, message) => {
    expect(faults(text)[0]).toEqual({ message: expect.stringMatching(message), at: expect.any(String) });
  });
});

describe('the bounds', () => {
  test('let in what is just within, and nothing that is just beyond', () => {
    const conjuncts = (count: number) => Array.from({ length: count }, () => 'true').join(' && ');
    // Each literal and each operator is a node.
    expect(faults(conjuncts(MAX_NODES / 2))).toEqual([]);
    expect(faults(conjuncts(MAX_NODES / 2 + 1))).toMatchObject([{ message: expect.stringContaining('201 nodes') }]);
    const negated = (depth: number) => `${'!'.repeat(depth - 1)}true`;
    expect(faults(negated(MAX_DEPTH))).toEqual([]);
    expect(faults(negated(MAX_DEPTH + 1))).toMatchObject([{ message: expect.stringContaining('21 levels') }]);
  });

  test('hold for the steps of a run, whatever the facts have grown to', () => {
    const text = 'player.balances.all(c, player.balances[c] >= 0)';
    const currencies = (count: number) => Array.from({ length: count }, (_, index) => `c${index}`);
    // `>=`, `[]`, `.`, `player`, `c` and `0`.
    const perCurrency = 6;
    const most = Math.floor((MAX_STEPS - 20) / perCurrency);
    expect(verdict(text, { currencies: currencies(most) })).toEqual({ holds: true });
    expect(verdict(text, { currencies: currencies(most + 10) })).toMatchObject({
      why: 'condition_refused',
      values: { refusal: `would take more than ${MAX_STEPS} steps` },
    });
  });
});

describe('lists among the facts', () => {
  const tags = Array.from({ length: 50 }, (_, index) => `tag-${index}`);
  const together = (count: number) => Array.from({ length: count }, () => 'user.tags').join(' + ');

  test('can be asked, gone through and put together', () => {
    const user = { tags };
    expect(verdict('"tag-49" in user.tags && !("tag-50" in user.tags)', { user })).toEqual({ holds: true });
    expect(verdict('user.tags.exists(t, t.startsWith("tag-4")) && user.tags.size() == 50', { user })).toEqual({
      holds: true,
    });
    expect(verdict(`(${together(2)}).all(t, t in user["tags"])`, { user })).toEqual({ holds: true });
  });

  test.each([
    ['a chain that grows', `(${together(30)}).size() > 0`],
    ['a loop over a chain', `(${together(12)}).exists(t, t == "a" || t == "b")`],
    [
      'a list that is searched at each turn',
      `user.tags.all(t, ${Array(10).fill('!(t + "x" in user.tags)').join(' && ')})`,
    ],
  ])('take no more steps than others: %s', (_name, text) => {
    expect(verdict(text, { user: { tags } })).toMatchObject({
      why: 'condition_refused',
      values: { refusal: `would take more than ${MAX_STEPS} steps` },
    });
    expect(verdict(text, { user: { tags: [] } })).not.toHaveProperty('values.refusal');
  });
});

describe('no expression becomes code', () => {
  test('all of it runs in a process that cannot make code of text', async () => {
    const source = new URL('../../src/expressions/index.ts', import.meta.url).href;
    const script = `
      import { compileExpression, shapeOf } from ${JSON.stringify(source)};
      let made = 'code was made';
      try { (0, eval)('1'); } catch (error) { made = error.name; }
      const event = { id: 'e', activity: 'a', userId: 'u', occurredAt: '2026-11-24T12:00:00.000Z', value: 3,
        attributes: { course: 'rust' }, userZone: 'UTC', stamps: {} };
      const user = { id: 'u', language: 'en', zone: 'UTC', attributes: {}, tags: [] };
      const none = { balances: {}, levels: {}, badges: {}, counters: {} };
      const counted = { balances: new Map(), levels: new Map(), badges: new Map(), counters: new Map() };
      const facts = { event, user, player: none, counted, now: event.occurredAt };
      const text = 'event.value > 2 && ["rust", "go"].exists(x, x == event.attributes.course) && has(event.id)';
      const compiled = compileExpression(text, shapeOf(undefined, null));
      console.log(JSON.stringify([made, compiled.evaluate(facts), compiled.parts(facts).length]));`;
    const flags = ['--disallow-code-generation-from-strings', '--input-type=module', '--eval', script];
    const { stdout } = await promisify(execFile)(process.execPath, flags);
    expect(JSON.parse(stdout)).toEqual(['EvalError', { value: true }, expect.any(Number)]);
  });

  test('neither our sources nor those of the library name what makes code', async () => {
    const ours = fileURLToPath(new URL('../../src/expressions/', import.meta.url));
    const entry = createRequire(import.meta.url).resolve('@marcbachmann/cel-js');
    const folders = [ours, dirname(entry)];
    const files = (
      await Promise.all(folders.map(async (folder) => (await readdir(folder)).map((name) => join(folder, name))))
    )
      .flat()
      .filter((file) => /(?<!\.d)\.[jt]s$/.test(file));
    expect(files.length).toBeGreaterThan(15);
    const found = await Promise.all(files.map(async (file) => codeMakers(file, await readFile(file, 'utf8'))));
    expect(found.flat()).toEqual([]);
    expect(codeMakers('sample.js', 'new Function("a"); eval("b"); x.constructor("c"); import("d")')).toHaveLength(4);
  });
});

/** Every place of a source at which text may become code. */
function codeMakers(file: string, text: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
      const callee = node.expression;
      const name = ts.isPropertyAccessExpression(callee) ? callee.name.text : callee.getText();
      if (['eval', 'Function', 'constructor', 'import'].includes(name)) found.push(`${file}: ${node.getText()}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true));
  return found;
}
