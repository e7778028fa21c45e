import type { AppRouter } from '@ts-rest/core';
import type { Files, Generator, OpenApiDocuments } from './artefacts.ts';
import { clientsText } from './sdk/clients.ts';
import { comparisonText } from './sdk/comparison.ts';
import { answersText, examplesText } from './sdk/examples.ts';
import { sdkOperations } from './sdk/operation.ts';
import { operationsText } from './sdk/operations.ts';
import { problemClassesText } from './sdk/problem-classes.ts';
import { streamsText } from './sdk/streams.ts';
import { componentsOf, typesText } from './sdk/types.ts';

const folder = 'sdk/src/generated';
const header = '// Generated from the contract, do not edit; npm run generate.\n\n';

/**
 * The generated half of `@laurel/sdk`: its table of operations, its types and the interfaces of its clients; and the
 * list of types that the SDK's type test compares with the contract's own.
 * @throws if two documents have unequal components of one name, or an operation does not fit the SDK's shapes
 */
export async function generateSdk(contract: AppRouter, documents: OpenApiDocuments): Promise<Files> {
  const all = sdkOperations(contract, documents);
  const operations = all.filter(({ stream }) => !stream);
  const components = componentsOf(documents);
  const texts = {
    [`${folder}/operations.ts`]: operationsText(operations),
    [`${folder}/problem-classes.ts`]: problemClassesText(),
    [`${folder}/types.ts`]: await typesText(components, all),
    [`${folder}/clients.ts`]: clientsText(operations),
    [`${folder}/examples.ts`]: examplesText(contract, components),
    [`${folder}/answers.ts`]: answersText(contract, all),
    [`${folder}/streams.ts`]: streamsText(all.filter(({ stream }) => stream)),
    'sdk/test/generated/comparison.ts': await comparisonText(contract, components, all),
  };
  return Object.fromEntries(Object.entries(texts).map(([path, text]) => [path, `${header}${text}`]));
}

/** `sdk/src/generated/` and what the SDK's type test compares. */
export const sdk: Generator = {
  name: 'sdk',
  folders: [folder, 'sdk/test/generated'],
  generate: generateSdk,
};
