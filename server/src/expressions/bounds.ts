import type { ASTNode } from '@marcbachmann/cel-js';
import { MAX_DEPTH, MAX_INT, MAX_NODES } from './limits.ts';
import { depthOf, loopOf, nodesOf, ROOTS } from './tree.ts';

/** What is wrong with an expression, and where: from a character of the text up to, but not including, another. */
export interface ExpressionProblem {
  readonly message: string;
  readonly from: number;
  readonly to: number;
}

/** Functions, with how many arguments they take. All are pure, and none takes longer than its operands are long. */
const functions: ReadonlyMap<string, number> = new Map([
  ['has', 1],
  ['size', 1],
  ['int', 1],
  ['double', 1],
  ['string', 1],
  ['timestamp', 1],
  ['duration', 1],
]);

/** Methods, likewise. Those of times count in UTC: with a zone, the library's answer depends on the machine's own. */
const methods: ReadonlyMap<string, number> = new Map([
  ['size', 0],
  ['startsWith', 1],
  ['endsWith', 1],
  ['contains', 1],
  ['lowerAscii', 0],
  ['upperAscii', 0],
  ['trim', 0],
  ['getFullYear', 0],
  ['getMonth', 0],
  ['getDate', 0],
  ['getDayOfMonth', 0],
  ['getDayOfWeek', 0],
  ['getHours', 0],
  ['getMinutes', 0],
  ['getSeconds', 0],
]);

/** Why something that people know from CEL is not here, where there is more to say than that it is not. */
const reasons: ReadonlyMap<string, string> = new Map([
  ['matches', 'regular expressions can run for ever: use startsWith, endsWith or contains'],
  ['map', 'it could make a value that doubles with each use'],
  ['bind', 'it could make a value that doubles with each use'],
  ['dyn', 'it would switch the check of types off'],
]);

const RFC3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,3})?(?:Z|[+-]\d{2}:\d{2})$/;
const DURATION = /^-?(?:\d{1,9}(?:\.\d{1,3})?(?:h|m|s|ms))+$/;

/** A problem with a whole node. */
export function problemAt({ start, end }: ASTNode, message: string): ExpressionProblem {
  return { message, from: start, to: end };
}

/** What of an expression goes beyond the language or its bounds; the first thing is enough to refuse it. */
export function boundProblems(tree: ASTNode): ExpressionProblem[] {
  const count = [...nodesOf(tree)].length;
  if (count > MAX_NODES) return [problemAt(tree, `too long: ${count} nodes, at most ${MAX_NODES}`)];
  const depth = depthOf(tree);
  if (depth > MAX_DEPTH) return [problemAt(tree, `nested too deeply: ${depth} levels, at most ${MAX_DEPTH}`)];
  return [...nodesOf(tree)].flatMap(nodeProblems);
}

function nodeProblems(node: ASTNode): ExpressionProblem[] {
  const loop = loopOf(node);
  if (loop !== undefined) {
    const { variable, body } = loop;
    if (variable.op === 'id' && ROOTS.has(variable.args)) {
      return [problemAt(variable, `choose another name than ${variable.args}`)];
    }
    const inner = [...nodesOf(body)].find((one) => loopOf(one) !== undefined);
    return inner === undefined ? [] : [problemAt(inner, 'a loop inside a loop is not allowed')];
  }
  switch (node.op) {
    case 'call':
      return callProblems(node, node.args[0], node.args[1], functions);
    case 'rcall':
      return callProblems(node, node.args[0], node.args[2], methods);
    case 'value':
      return literalProblems(node, node.args);
    default:
      return [];
  }
}

function literalProblems(node: ASTNode, literal: unknown): ExpressionProblem[] {
  switch (typeof literal) {
    case 'bigint':
      return literal > MAX_INT ? [problemAt(node, 'beyond the largest integer')] : [];
    case 'number':
      // The library writes a number with an exponent in a way that it does not read.
      return /^\d+(?:\.\d+)?$/.test(String(literal)) ? [] : [problemAt(node, 'from 0.000001 to below 1e21, or 0')];
    case 'object':
      return literal === null ? [] : [problemAt(node, 'bytes and unsigned numbers are not available')];
    default:
      return [];
  }
}

function callProblems(
  node: ASTNode,
  name: string,
  args: readonly ASTNode[],
  known: ReadonlyMap<string, number>,
): ExpressionProblem[] {
  const expected = known.get(name);
  if (expected === undefined) {
    const reason = reasons.get(name);
    return [problemAt(node, `${name} is not available${reason === undefined ? '' : `: ${reason}`}`)];
  }
  if (args.length !== expected) return [problemAt(node, `${name} takes ${expected} arguments, not ${args.length}`)];
  const pattern = name === 'timestamp' ? RFC3339 : name === 'duration' ? DURATION : undefined;
  const [literal] = args;
  if (pattern === undefined || literal === undefined) return [];
  if (literal.op === 'value' && typeof literal.args === 'string' && pattern.test(literal.args)) return [];
  const example = name === 'timestamp' ? '"2026-11-24T09:30:00Z"' : '"1h30m"';
  return [problemAt(literal, `${name} takes a literal such as ${example}`)];
}

/** What is visited once each time: nodes, and among them the lists of the facts, which operators go through. */
interface Weight {
  readonly nodes: number;
  readonly lists: number;
}

/** What an evaluation costs: the whole, the bodies of loops, and how many literals lists and maps are made of. */
export interface Cost extends Weight {
  readonly loops: readonly Weight[];
  readonly widest: number;
}

/** The sizes of the facts: of the largest map or list, and of the list that `+` makes longer lists of. */
export interface FactSizes {
  readonly largest: number;
  readonly list: number;
}

/** Whether a node names a list of the facts: `user.tags` is the only one. */
function isList(node: ASTNode): boolean {
  if (node.op === '.') return node.args[1] === 'tags';
  return node.op === '[]' && node.args[1].op === 'value' && node.args[1].args === 'tags';
}

function weightOf(tree: ASTNode): Weight {
  const all = [...nodesOf(tree)];
  return { nodes: all.length, lists: all.filter(isList).length };
}

/**
 * The cost of a tree. No function makes a list or map, and `+` alone makes longer ones, so that none is longer than
 * all literals of the tree and all lists of the facts in it together.
 */
export function costOf(tree: ASTNode): Cost {
  const all = [...nodesOf(tree)];
  const loops = all.flatMap((node) => {
    const loop = loopOf(node);
    return loop === undefined ? [] : [weightOf(loop.body)];
  });
  const widths = all.map((node) => (node.op === 'list' || node.op === 'map' ? node.args.length : 0));
  return { ...weightOf(tree), loops, widest: sum(widths) };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}

/** The most steps that an evaluation can take over facts of these sizes. */
export function stepsOf({ loops, widest, ...whole }: Cost, { largest, list }: FactSizes): number {
  // A chain of `+` over n lists copies what it has so far n times, and any other operator goes through a list once.
  const once = ({ nodes, lists }: Weight) => nodes + lists * lists * list;
  const longest = widest + Math.max(largest, whole.lists * list);
  return once(whole) + sum(loops.map(once)) * longest;
}
