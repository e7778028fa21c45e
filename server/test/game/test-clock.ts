import type { Laurel } from '@laurel/sdk/server';
import { type Game, HOME, laurelOf } from './world.ts';

type ClockReport = Awaited<ReturnType<Laurel['clock']['advance']>>;
/** Something that came due. */
export type Boundary = ClockReport['boundaries'][number];

/** Opens a workspace with a test clock beside the one of the game, and answers with a client of it. */
export async function openTestClock({ platform }: Game, workspace = 'sandbox'): Promise<Laurel> {
  const operations = laurelOf(await platform.createPlatformClient());
  const settings = { slug: workspace, name: 'Sandbox', clock: 'test' as const };
  await operations.platform.workspaces.create(HOME.tenant, settings);
  return laurelOf(await platform.createWorkspaceClient({ ...HOME, workspace }));
}

/** Advances a test clock until it has arrived, and answers with all that came due on the way. */
export async function advanceTo(laurel: Laurel, to: string): Promise<Boundary[]> {
  const boundaries: Boundary[] = [];
  let next: string | null = to;
  while (next !== null) {
    const report: ClockReport = await laurel.clock.advance({ to: next });
    boundaries.push(...report.boundaries);
    next = report.nextTo;
  }
  return boundaries;
}
