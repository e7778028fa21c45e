import type { DefinitionType } from './definition-type.ts';

/** What is particular to currencies. */
export const currencyType: DefinitionType<'currencies'> = {
  kind: 'currencies',
  idKind: 'currency',
  build: (body, managed) => ({ ...body, ...managed }),
  references: () => [],
};
