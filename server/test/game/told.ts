import type { Happening } from '@laurel/contract/types';
import { batchesBetween } from '../../src/store/happenings.ts';
import { workspaceScope } from '../../src/store/scope.ts';
import type { Game } from './world.ts';
import { HOME } from './world.ts';

/** All that a workspace was told, in the order of the commits; of some types alone where they are named. */
export async function toldIn(
  { table }: Game,
  workspace: string = HOME.workspace,
  isWanted: (type: string) => boolean = () => true,
): Promise<Happening[]> {
  const scope = workspaceScope(HOME.tenant, workspace);
  const batches = await batchesBetween(table, scope, { from: '0', to: '9999', limit: 100_000 });
  return batches.flatMap(({ happenings }) => happenings).filter(({ type }) => isWanted(type));
}

/** A happening in a line: whom it is about, when it was, and what it says. */
export function toldLine({ userId, occurredAt, type, data }: Happening): string {
  return [userId, occurredAt.slice(0, 16), type, ...Object.values(data)].join(' ');
}
