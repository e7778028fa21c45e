import { docText } from './clients.ts';
import type { SdkOperation } from './operation.ts';

function streamText(operation: SdkOperation): string {
  const { context, resource, verb, params, query, answer } = operation;
  if (query.length > 0) throw new Error(`${context}.${resource}.${verb}: a stream takes no query.`);
  const given = [...params.map((name) => `${name}: string`), 'options?: StreamOptions'].join(', ');
  return `${docText(operation)}\n    ${verb}(${given}): AsyncIterable<types.${answer}>;`;
}

function contextText(context: string, streams: readonly SdkOperation[]): string {
  const resources = [...Map.groupBy(streams, ({ resource }) => resource)];
  const name = `${context.charAt(0).toUpperCase()}${context.slice(1)}Streams`;
  return [
    `export const ${context}Streams = {`,
    ...resources.flatMap(([resource, own]) => [
      `  ${resource}: {`,
      ...own.map(({ verb, path }) => `    ${verb}: '${path}',`),
      '  },',
    ]),
    '} as const;',
    '',
    `/** The streams of the ${context} API. */`,
    `export interface ${name} {`,
    ...resources.flatMap(([resource, own]) => [`  readonly ${resource}: {`, ...own.map(streamText), '  };']),
    '}',
    '',
  ].join('\n');
}

/** `streams.ts`: for each context a table of paths, and an interface with a method for each stream. */
export function streamsText(streams: readonly SdkOperation[]): string {
  return [
    "import type { StreamOptions } from '../core/stream.ts';",
    "import type * as types from './types.ts';",
    '',
    ...[...Map.groupBy(streams, ({ context }) => context)].map(([context, own]) => contextText(context, own)),
  ].join('\n');
}
