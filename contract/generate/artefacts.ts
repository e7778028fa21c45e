import type { AppRouter } from '@ts-rest/core';
import type { OpenAPIObject } from 'openapi3-ts/oas31';

/** Generated files: path from the root of the repository -> whole text. */
export type Files = Readonly<Record<string, string>>;

/** The OpenAPI documents by context: `app`, `dashboard`, `platform`. */
export type OpenApiDocuments = Readonly<Record<string, OpenAPIObject>>;

/** What makes one kind of artefact: a pure function of the contract and of the documents made from it. */
export interface Generator {
  readonly name: string;
  /** Folders, from the root, in which this generator makes every file: others in there are left-overs. */
  readonly folders: readonly string[];
  readonly generate: (contract: AppRouter, documents: OpenApiDocuments) => Files | Promise<Files>;
}

/** A value as a file of JSON. */
export function jsonText(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
