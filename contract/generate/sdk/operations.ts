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

/** The path below that of the resource, as far as it is; the client puts the rest before it: browsers load this table. */
function pathIn(context: string, { resource, path }: SdkOperation): string {
  const below = path.replace(`/${context}/v1`, '');
  if (below === `/${resource}`) return '';
  return below.startsWith(`/${resource}/`) ? below.slice(resource.length + 2) : below;
}

function contextText(context: string, operations: readonly SdkOperation[]): string {
  const resources = Map.groupBy(operations, ({ resource }) => resource);
  const lines = [...resources].flatMap(([resource, own]) => [
    `  ${resource}: {`,
    ...own.map(
      (operation) =>
        `    ${operation.verb}: '${`${operation.method}${marks(operation)} ${pathIn(context, operation)}`.trim()}',`,
    ),
    '  },',
  ]);
  return [`export const ${context} = {`, ...lines, '} as const;', ''].join('\n');
}

const legend = `// A line for each operation: its method, marks, and path: below that of its resource, or, after a slash, below that of\n// its context. The marks:
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
