import { type ASTNode, ParseError } from '@marcbachmann/cel-js';
import type { PlayerFacts } from '../domain/index.ts';
import { environmentOf } from './shape.ts';
import { nodesOf } from './tree.ts';

/** A name under which something of a player is counted, as an expression asks for it: `player.balances["xp"]`. */
export interface CountedName {
  readonly of: keyof PlayerFacts;
  readonly name: string;
  /** Where it stands in the text. */
  readonly from: number;
  readonly to: number;
}

const KINDS: ReadonlySet<string> = new Set<keyof PlayerFacts>(['balances', 'levels', 'badges', 'counters']);

function isKind(name: string): name is keyof PlayerFacts {
  return KINDS.has(name);
}

/** What is counted below a node such as `player.balances`; nothing where it is another. */
function kindAt(node: ASTNode): keyof PlayerFacts | undefined {
  if (node.op !== '.' && node.op !== '[]') return undefined;
  const [of, asked] = node.args;
  const name = keyAt(asked);
  return of.op === 'id' && of.args === 'player' && name !== undefined && isKind(name) ? name : undefined;
}

/** A field's name, or a key that is a literal text. */
function keyAt(asked: ASTNode | string): string | undefined {
  if (typeof asked === 'string') return asked;
  return asked.op === 'value' && typeof asked.args === 'string' ? asked.args : undefined;
}

/** The names that an expression counts by, where they are literal; none where the text is no expression. */
export function countedNamesIn(text: string): CountedName[] {
  const tree = treeOf(text);
  if (tree === undefined) return [];
  return [...nodesOf(tree)].flatMap((node): CountedName[] => {
    if (node.op !== '.' && node.op !== '[]') return [];
    const of = kindAt(node.args[0]);
    const name = keyAt(node.args[1]);
    return of === undefined || name === undefined ? [] : [{ of, name, from: node.start, to: node.end }];
  });
}

const environment = environmentOf({ about: 'event', attributes: undefined, userAttributes: null });

/** The tree of an expression; what is none is refused elsewhere. */
function treeOf(text: string): ASTNode | undefined {
  try {
    return environment.parse(text).ast;
  } catch (error) {
    if (error instanceof ParseError) return undefined;
    throw error;
  }
}
