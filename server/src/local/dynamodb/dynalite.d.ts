// dynalite (Apache-2.0) ships no types. These are the parts of it that the engine uses: the request validation, which
// also parses the expressions that a request holds.

declare module 'dynalite/validations/index.js' {
  /** The shape of a request as a table: types, constraints and nested members. */
  export interface TypeTable {
    readonly [member: string]: TypeRule;
  }
  export type TypeRule =
    | string
    | {
        readonly type: string;
        readonly notNull?: boolean;
        readonly required?: boolean;
        readonly tableName?: boolean;
        readonly enum?: readonly string[];
        readonly regex?: string;
        readonly greaterThanOrEqual?: number;
        readonly lessThanOrEqual?: number;
        readonly lengthGreaterThanOrEqual?: number;
        readonly lengthLessThanOrEqual?: number;
        readonly keys?: object;
        readonly values?: object;
        readonly children?: TypeRule | TypeTable;
      };
  /** Looks at what a table of types cannot say; answers a message, or nothing when all is well. */
  export type CustomCheck = (
    data: object,
    store: { readonly options: { readonly maxItemSize: number } },
  ) => string | undefined;
  /** Drops unknown members and refuses wrong JSON types: what it returns has the shape of the table. */
  export function checkTypes<Request extends object>(data: object, types: TypeTable): Request;
  export function checkValidations(
    data: object,
    types: TypeTable,
    custom: CustomCheck | undefined,
    store: { readonly options: { readonly maxItemSize: number } },
  ): void;
}

declare module 'dynalite/validations/*.js' {
  import type { CustomCheck, TypeTable } from 'dynalite/validations/index.js';

  export const types: TypeTable;
  export const custom: CustomCheck | undefined;
}

declare module 'dynalite' {
  import type { Server } from 'node:http';

  /** The server as a whole, which only the benchmark compares the engine with. */
  function dynalite(options: { readonly createTableMs?: number }): Server;
  export = dynalite;
}
