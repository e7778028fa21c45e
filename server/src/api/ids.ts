import { type IdKind, idPrefixes } from '@laurel/contract/shared/ids';
import { monotonicFactory } from 'ulid';

/** Makes ids as `{prefix}_{ULID}`; those of one process sort by when they were made. */
export function createIds(): (kind: IdKind) => string {
  const ulid = monotonicFactory();
  return (kind) => `${idPrefixes[kind]}_${ulid()}`;
}
