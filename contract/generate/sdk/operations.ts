import type { SdkOperation } from './operation.ts';

/** The marks behind the method; `sdk/src/core/operation.ts` reads them. */
function marks({ item, query, body, idempotency, ifMatch }: SdkOperation): string {
  return [
    item !== undefined ? '*' : query.length > 0 ? '?' : '',
    body === undefined ? '' : '>',
    { key: '+', id: '#', safe: '', fresh: '' }[idempotency],
    ifMatch ? '=' : '',
  ].join('');
}

function contextText(context: string, operations: readonly SdkOperation[]): string {
  const resources = Map.groupBy(operations, ({ resource }) => resource);
  const lines = [...resources].flatMap(([resource, own]) => [
    `  ${resource}: {`,
    ...own.map((operation) => `    ${operation.verb}: '${operation.method}${marks(operation)} ${operation.path}',`),
    '  },',
  ]);
  return [`export const ${context} = {`, ...lines, '} as const;', ''].join('\n');
}

const legend = `// A line for each operation: its method, marks, and path. The marks:
//   *  answers with a page of a list, and takes a query
//   ?  takes a query
//   >  takes a body
//   +  takes an Idempotency-Key
//   #  takes a body whose events bear ids of their own
//   =  demands If-Match
`;

/** `operations.ts`: a table for each context. */
export function operationsText(operations: readonly SdkOperation[]): string {
  const contexts = Map.groupBy(operations, ({ context }) => context);
  return [legend, ...[...contexts].map(([context, own]) => contextText(context, own))].join('\n');
}
