import type { Platform } from './platform.ts';
import { ProblemError } from './problem.ts';

/** Who is called, as far as it decides from which pages. */
interface Called {
  readonly tenant: string;
  readonly workspace: string;
}

/**
 * Whether the page that a call comes from may call a workspace: from where its `allowedOrigins` says, and from everywhere
 * as long as it names none. What sends no `Origin` is no page: whoever has a token and no browser is not kept out by this,
 * but by what the token may do.
 */
export async function mayPageCall(
  { known }: Pick<Platform, 'known'>,
  { tenant, workspace }: Called,
  origin: string | null | undefined,
): Promise<boolean> {
  if (typeof origin !== 'string') return true;
  const allowed = await known.origins(tenant, workspace);
  return allowed === null || allowed.includes(origin);
}

/** Refuses a call from a page that may not call. */
export async function assertPage(...asked: Parameters<typeof mayPageCall>): Promise<void> {
  if (await mayPageCall(...asked)) return;
  throw new ProblemError(
    'forbidden',
    'Pages of this origin may not call this workspace: its allowedOrigins does not name it.',
  );
}
