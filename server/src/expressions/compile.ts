import { type ASTNode, type Environment, serialize } from '@marcbachmann/cel-js';
import { boundProblems, costOf, type ExpressionProblem, problemAt, stepsOf } from './bounds.ts';
import { messageOf, problemOf } from './errors.ts';
import { type CelFacts, celFacts, type GivenFacts, shownValue, sizesOf } from './facts.ts';
import { MAX_STEPS, MAX_TEXT } from './limits.ts';
import { environmentOf, type Shape } from './shape.ts';
import { childrenOf, factsIn, isFact, loopOf, nodesOf } from './tree.ts';

/** What came of an evaluation: a value of CEL, or why there is none. */
export type Outcome = { readonly value: unknown } | { readonly refusal: string };

/** A part of an expression and what it came to by itself. */
export type Part = { readonly expression: string; readonly from: number; readonly to: number } & Outcome;

/** An expression that was parsed, checked and found within its bounds. */
interface Runnable {
  readonly kind: 'compiled';
  /** Its type, as CEL names it: `bool`, `int`, `string`, `dyn`… */
  readonly type: string;
  readonly evaluate: (facts: GivenFacts) => Outcome;
  /** Each part outside of loops that is no literal, the innermost first; the whole is the last. */
  readonly parts: (facts: GivenFacts) => readonly Part[];
  /** The facts that it names, by their paths, with their values; what is absent and whole collections are left out. */
  readonly named: (facts: GivenFacts) => Readonly<Record<string, string | number | boolean>>;
}

/** An expression that can be run, or all that is wrong with it. */
export type Compiled = Runnable | { readonly kind: 'refused'; readonly problems: readonly ExpressionProblem[] };

type Parsed = ReturnType<Environment['parse']>;

/** Parses, or says why that fails. */
function parsed(environment: Environment, text: string): Parsed | ExpressionProblem {
  try {
    return environment.parse(text);
  } catch (error) {
    return problemOf(error, text);
  }
}

/** Fields that `has` asks for and that can never be there: the library's own check takes any name. */
function impossibleFields(environment: Environment, tree: ASTNode, text: string): ExpressionProblem[] {
  return [...nodesOf(tree)].flatMap((node) => {
    const [asked] = node.op === 'call' && node.args[0] === 'has' ? node.args[1] : [];
    if (asked === undefined || !isFact(asked)) return [];
    const { error } = environment.check(serialize(asked));
    return error === undefined ? [] : [problemAt(asked, problemOf(error, text).message)];
  });
}

/** Runs what was compiled. Whatever the facts are, it comes back: with a value, or with why there is none. */
function run(evaluate: (context: object) => unknown, facts: CelFacts): Outcome {
  try {
    return { value: evaluate(facts) };
  } catch (error) {
    return { refusal: messageOf(error) };
  }
}

/** The parts of an expression that can be evaluated by themselves, innermost first: not those inside loops. */
function partsOf(node: ASTNode): readonly ASTNode[] {
  if (node.op === 'value' || node.op === 'id') return isFact(node) ? [node] : [];
  if (isFact(node)) return [node];
  const loop = loopOf(node);
  const isHas = node.op === 'call' && node.args[0] === 'has';
  const inner = loop !== undefined ? [loop.range] : isHas ? [] : childrenOf(node);
  return [...inner.flatMap(partsOf), node];
}

/** What is wrong with a text that parses: beyond the bounds, or ill-typed. Its type, where nothing is. */
function judged(environment: Environment, whole: Parsed, text: string): string | readonly ExpressionProblem[] {
  const beyond = boundProblems(whole.ast);
  if (beyond.length > 0) return beyond;
  const { type, error } = whole.check();
  if (error !== undefined) return [problemOf(error, text)];
  if (type === undefined) return [problemAt(whole.ast, 'has no type')];
  const impossible = impossibleFields(environment, whole.ast, text);
  return impossible.length > 0 ? impossible : type;
}

/** Compiles an expression over facts of a shape: parsed, type-checked and bounded, never turned into code. */
export function compileExpression(text: string, shape: Shape): Compiled {
  if (text.length > MAX_TEXT) {
    return { kind: 'refused', problems: [{ message: `at most ${MAX_TEXT} characters`, from: 0, to: text.length }] };
  }
  const environment = environmentOf(shape);
  const whole = parsed(environment, text);
  if (!('ast' in whole)) return { kind: 'refused', problems: [whole] };
  const type = judged(environment, whole, text);
  return typeof type === 'string' ? runnable(environment, whole, type, shape) : { kind: 'refused', problems: type };
}

/** A part of an expression, by itself: written anew, since the places of nodes leave out brackets around them. */
function apart(environment: Environment, node: ASTNode) {
  const expression = serialize(node);
  return { expression, node, ask: environment.parse(expression) };
}

function runnable(environment: Environment, whole: Parsed, type: string, shape: Shape): Runnable {
  const tree = whole.ast;
  const cost = costOf(tree);
  const named = factsIn(tree).map((node) => apart(environment, node));
  const speaksOfPlayer = [...nodesOf(tree)].some((node) => node.op === 'id' && node.args === 'player');
  const prepared = (facts: GivenFacts) => celFacts(facts, shape, speaksOfPlayer);
  const tooLong = (values: CelFacts) => stepsOf(cost, sizesOf(values)) > MAX_STEPS;
  return {
    kind: 'compiled',
    type,
    evaluate(facts) {
      const values = prepared(facts);
      return tooLong(values) ? { refusal: `would take more than ${MAX_STEPS} steps` } : run(whole, values);
    },
    parts(facts) {
      const values = prepared(facts);
      if (tooLong(values)) return [];
      const distinct = new Map(partsOf(tree).map((node) => [serialize(node), node]));
      return [...distinct.values()].map((part) => {
        const { expression, node, ask } = apart(environment, part);
        return { expression, from: node.start, to: node.end, ...run(ask, values) };
      });
    },
    named(facts) {
      const values = prepared(facts);
      const shown = named.flatMap(({ expression, ask }) => {
        const outcome = run(ask, values);
        // A whole collection decides nothing by itself, and may be long.
        if ('refusal' in outcome || outcome.value instanceof Map) return [];
        return [[expression, shownValue(outcome.value)] as const];
      });
      return Object.fromEntries(shown);
    },
  };
}
