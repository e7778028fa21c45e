import type { AppRouter } from '@ts-rest/core';
import type { Files, Generator } from './artefacts.ts';
import { cedar } from './cedar.ts';
import { mocks } from './mocks.ts';
import { openApi, openApiDocuments } from './openapi.ts';
import { problems } from './problems.ts';
import { sdk } from './sdk.ts';

/** Every generator: one that is added here is run, checked and tested like the others. */
export const generators: readonly Generator[] = [openApi, cedar, mocks, problems, sdk];

/** Everything that is derived from the contract, and the folders that hold nothing else. */
export async function generateAll(contract: AppRouter): Promise<{ files: Files; folders: readonly string[] }> {
  const documents = openApiDocuments(contract);
  const made = await Promise.all(generators.map((generator) => generator.generate(contract, documents)));
  return { files: Object.assign({}, ...made), folders: generators.flatMap(({ folders }) => folders) };
}
