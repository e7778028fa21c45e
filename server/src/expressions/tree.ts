import type { ASTNode } from '@marcbachmann/cel-js';

/** Calls that run their second argument once for each element of what they are called on. */
const LOOPS: ReadonlySet<string> = new Set(['all', 'exists', 'exists_one', 'filter']);

/** The roots of all that an expression can speak of. */
export const ROOTS: ReadonlySet<string> = new Set(['event', 'user', 'player', 'now']);

/** A call such as `list.exists(x, body)`. */
export interface Loop {
  readonly name: string;
  readonly range: ASTNode;
  readonly variable: ASTNode;
  readonly body: ASTNode;
}

/** The loop that a node is, or nothing. */
export function loopOf(node: ASTNode): Loop | undefined {
  if (node.op !== 'rcall') return undefined;
  const [name, range, [variable, body, ...more]] = node.args;
  if (!LOOPS.has(name) || variable === undefined || body === undefined || more.length > 0) return undefined;
  return { name, range, variable, body };
}

/** The nodes directly below a node, from left to right. */
export function childrenOf(node: ASTNode): readonly ASTNode[] {
  switch (node.op) {
    case 'value':
    case 'id':
      return [];
    case '.':
    case '.?':
      return [node.args[0]];
    case 'call':
      return node.args[1];
    case 'rcall':
      return [node.args[1], ...node.args[2]];
    case 'map':
      return node.args.flat();
    case '!_':
    case '-_':
      return [node.args];
    default:
      return node.args;
  }
}

/** A node and all below it, each before those below it. */
export function* nodesOf(node: ASTNode): Generator<ASTNode> {
  yield node;
  for (const child of childrenOf(node)) yield* nodesOf(child);
}

/** How deep a tree is; operands of the same operator, as in `a && b && c`, are on one level. */
export function depthOf(node: ASTNode): number {
  const below = childrenOf(node).map((child) => {
    const chained = child.op === node.op && ['&&', '||', '+'].includes(node.op);
    return depthOf(child) + (chained ? 0 : 1);
  });
  return Math.max(1, ...below);
}

/** Whether a node names one fact: `now`, `event.value`, `player.balances["xp"]`. */
export function isFact(node: ASTNode): boolean {
  if (node.op === 'id') return node.args === 'now';
  return isPath(node);
}

function isPath(node: ASTNode): boolean {
  switch (node.op) {
    case '.':
      return isRootOrPath(node.args[0]);
    case '[]':
      return node.args[1].op === 'value' && isRootOrPath(node.args[0]);
    default:
      return false;
  }
}

function isRootOrPath(node: ASTNode): boolean {
  return node.op === 'id' ? ROOTS.has(node.args) : isPath(node);
}

/** The facts that a tree names, each as far as its path leads. */
export function factsIn(node: ASTNode): readonly ASTNode[] {
  return isFact(node) ? [node] : childrenOf(node).flatMap(factsIn);
}
