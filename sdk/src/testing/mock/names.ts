import type { answers } from '../../generated/answers.ts';
import type { Examples } from '../../generated/examples.ts';

type Answers = typeof answers;

/** An operation by its whole name: `app.missions.list`, `dashboard.users.create`. */
export type OperationName = keyof Answers;

type Tail<Name> = Name extends `${infer _Context}.${infer Rest}` ? Rest : never;

/** An operation by its whole name, or as the SDK has it: `missions.list` is that of every API that has one. */
export type OperationNames = OperationName | Tail<OperationName>;

/** An operation that answers with pages. */
export type ListName = {
  [Name in OperationName]: Answers[Name] extends `${string}* ${string}` | `${string}*= ${string}` ? Name : never;
}[OperationName];

type ExampleName<Name extends OperationName> = Answers[Name] extends `${string} ${string} ${string} ${infer Example}`
  ? Example extends keyof Examples
    ? Example
    : never
  : never;

/** What the pages of a list hold. */
export type ItemOf<Name extends ListName> = Examples[ExampleName<Name>];
