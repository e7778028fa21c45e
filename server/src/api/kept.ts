import type { DefinitionStatus } from '@laurel/contract/definitions/schema';
import { type DefinitionKind, kindLabel } from '../store/definition-items.ts';
import { ProblemError } from './problem.ts';

/** What scores are made of: it stays as it was published, since the scores that are there would mean something else. */
const keptFields: { readonly [K in DefinitionKind]?: readonly string[] } = {
  leaderboards: ['scope', 'source', 'window', 'direction'],
  leagues: ['source', 'zone'],
};

/** What definitions that were published before they could say it are. */
const unsaid = { scope: 'players' };

/** Refuses a change of what stays for good once a definition of the kind was published. */
export function assertKept(
  kind: DefinitionKind,
  before: { readonly status: DefinitionStatus },
  after: object,
  pointer = '',
): void {
  if (before.status === 'draft') return;
  const [was, is] = [new Map(Object.entries({ ...unsaid, ...before })), new Map(Object.entries(after))];
  const isChanged = (field: string) => JSON.stringify(was.get(field)) !== JSON.stringify(is.get(field));
  const changed = keptFields[kind]?.find(isChanged);
  if (changed === undefined) return;
  const what = kindLabel(kind);
  const message = `The ${changed} of a ${what} stays as it is: create another ${what}.`;
  const error = { pointer: `${pointer}/${changed}`, code: 'fixed', message };
  throw new ProblemError('unprocessable', message, { errors: [error] });
}
