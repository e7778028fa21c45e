// What dynalite's parsers make of expressions. Names and values of the request are already put in place.
import type { AttributeValue } from './attribute-value.ts';

/** A document path: attribute and map names, and list places. */
export type Path = readonly (string | number)[];

export type Operand = Path | AttributeValue | SizeFunction;

export interface SizeFunction {
  readonly type: 'function';
  readonly name: 'size';
  readonly args: readonly [Path];
}

export type Comparator = '=' | '<>' | '<' | '<=' | '>' | '>=';

export type Condition =
  | { readonly type: 'and' | 'or'; readonly args: readonly [Condition, Condition] }
  | { readonly type: 'not'; readonly args: readonly [Condition] }
  | { readonly type: Comparator; readonly args: readonly [Operand, Operand] }
  | { readonly type: 'between'; readonly args: readonly [Operand, Operand, Operand] }
  | { readonly type: 'in'; readonly args: readonly Operand[] }
  | {
      readonly type: 'function';
      readonly name: 'attribute_exists' | 'attribute_not_exists' | 'attribute_type' | 'begins_with' | 'contains';
      readonly args: readonly Operand[];
    };

/** Attributes whose inside, not just themselves, an expression names. */
type NestedPaths = Readonly<Record<string, boolean>>;

export interface ParsedCondition {
  readonly expression: Condition;
  readonly nestedPaths: NestedPaths;
  /** The top-level attributes that the condition names. */
  readonly pathHeads: Readonly<Record<string, boolean>>;
}

export interface ParsedProjection {
  readonly paths: readonly Path[];
  readonly nestedPaths: NestedPaths;
}

export type UpdateOperand =
  | Path
  | AttributeValue
  | { readonly type: 'add' | 'subtract'; readonly args: readonly [UpdateOperand, UpdateOperand] }
  | {
      readonly type: 'function';
      readonly name: 'if_not_exists' | 'list_append';
      readonly args: readonly [UpdateOperand, UpdateOperand];
    };

export type UpdateSection =
  | { readonly type: 'set'; readonly path: Path; readonly val: UpdateOperand }
  | { readonly type: 'remove'; readonly path: Path }
  | { readonly type: 'add' | 'delete'; readonly path: Path; readonly val: AttributeValue };

export interface ParsedUpdate {
  readonly sections: readonly UpdateSection[];
  readonly paths: readonly Path[];
  readonly nestedPaths: NestedPaths;
}
