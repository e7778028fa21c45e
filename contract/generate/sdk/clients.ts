import type { SdkOperation } from './operation.ts';

function pascal(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function optionsOf({ ifMatch, idempotency }: SdkOperation): string {
  if (ifMatch) return 'options: ConditionalOptions';
  return idempotency === 'key' ? 'options?: KeyedOptions' : 'options?: CallOptions';
}

function argumentsOf(operation: SdkOperation): string {
  const { params, query, queryName, body } = operation;
  const demanded = query.some(({ required }) => required === true);
  return [
    ...params.map((name) => `${name}: string`),
    ...(body === undefined ? [] : [`body: types.${body}`]),
    ...(query.length === 0 ? [] : [`query${demanded ? '' : '?'}: types.${queryName}`]),
    optionsOf(operation),
  ].join(', ');
}

function answerOf({ answer, item }: SdkOperation): string {
  if (item !== undefined) return `List<types.${item}>`;
  return `Promise<${answer === undefined ? 'void' : `types.${answer}`}>`;
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

/** The docstring of an operation. */
export function docText({ summary, description, method, path, deprecated }: SdkOperation): string {
  const said = [
    sentence(summary),
    description,
    '',
    `\`${method} ${path}\``,
    ...(deprecated ? ['@deprecated'] : []),
  ].map((line) => line.replaceAll('*/', '*\\/'));
  return ['    /**', ...said.map((line) => `     * ${line}`.trimEnd()), '     */'].join('\n');
}

function methodText(operation: SdkOperation): string {
  return `${docText(operation)}\n    ${operation.verb}(${argumentsOf(operation)}): ${answerOf(operation)};`;
}

function clientText(context: string, operations: readonly SdkOperation[]): string {
  const resources = Map.groupBy(operations, ({ resource }) => resource);
  const members = [...resources].map(([resource, own]) =>
    [`  readonly ${resource}: {`, ...own.map(methodText), '  };'].join('\n'),
  );
  return [
    `/** The operations of the ${context} API. */`,
    `export interface ${pascal(context)}Client {`,
    ...members,
    '}',
    '',
  ].join('\n');
}

/** `clients.ts`: an interface for each context, with a documented method for each operation. */
export function clientsText(operations: readonly SdkOperation[]): string {
  const contexts = Map.groupBy(operations, ({ context }) => context);
  return [
    "import type { List } from '../core/list.ts';",
    "import type { CallOptions, ConditionalOptions, KeyedOptions } from '../core/options.ts';",
    "import type * as types from './types.ts';",
    '',
    ...[...contexts].map(([context, own]) => clientText(context, own)),
  ].join('\n');
}
