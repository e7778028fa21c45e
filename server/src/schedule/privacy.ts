import { eraseUser, finishErasure, nextMidnight, PRIVACY_ERASE, PRIVACY_RETAIN, vaultOf } from '../privacy/erase.ts';
import { eraseAgain } from '../privacy/reapply.ts';
import { getSheet } from '../store/players.ts';
import { someUserIds } from '../store/privacy.ts';
import { getWorkspace } from '../store/tenants.ts';
import { getUser } from '../store/users.ts';
import type { Turn, TurnHandler } from './turn.ts';

/** Looks once more at an erased user, now that no process knows their key. */
const eraseRest: TurnHandler = async ({ platform, scope, item, now }) => {
  const request = await finishErasure({ platform, scope, now }, item.subject);
  if (request === undefined) return { outcome: 'skipped', unreported: true };
  return { outcome: request.status === 'completed' ? 'erased' : 'erasing', goesOn: request.status === 'running' };
};

/** How many users one turn looks at. */
const PAGE = 100;

function isBefore(at: string | undefined, limit: string): boolean {
  return at === undefined || at < limit;
}

/** Those of some users who neither played nor were changed since a moment. */
async function inactiveSince({ platform, scope }: Turn, ids: readonly string[], limit: string): Promise<string[]> {
  const found: string[] = [];
  for (const id of ids) {
    const user = await getUser(platform.table, scope, id);
    if (user === undefined || !isBefore(user.updatedAt, limit)) continue;
    const { last } = await getSheet(platform.table, scope, id);
    if (isBefore(last?.at, limit)) found.push(id);
  }
  return found;
}

/** The next page comes at once, and yet not at the very turn that asks for it. */
function justAfter(at: string): string {
  return new Date(Date.parse(at) + 1).toISOString();
}

/**
 * Goes through the users of a workspace, once a day: erases whoever was inactive for longer than the workspace keeps
 * people, and whoever a restored backup has brought back.
 */
const retain: TurnHandler = async (turn) => {
  const { platform, scope, item, now } = turn;
  const { table } = platform;
  const workspace = await getWorkspace(table, scope.tenant, scope.workspace);
  if (workspace === undefined) return { outcome: 'skipped', unreported: true };
  const destroyed = new Map((await vaultOf(table).destroyed(scope)).map((one) => [one.pseudonym, one]));
  const { inactiveDays } = workspace.privacy;
  // Nobody to look for, and nothing to do tomorrow.
  if (inactiveDays === null && destroyed.size === 0) return { outcome: 'skipped', unreported: true };
  const { ids, next } = await someUserIds(table, scope, item.details?.from, PAGE);
  const again = await eraseAgain({ platform, scope, now }, ids, destroyed);
  const day = 24 * 60 * 60 * 1000;
  const inactive =
    inactiveDays === null
      ? []
      : await inactiveSince(turn, ids, new Date(Date.parse(now) - inactiveDays * day).toISOString());
  for (const id of inactive) await eraseUser({ platform, scope, now }, id, 'retention');
  const { details: _, ...same } = item;
  const following =
    next === null ? { ...same, at: nextMidnight(now) } : { ...same, at: justAfter(item.at), details: { from: next } };
  const erased = again.length + inactive.length;
  return {
    outcome: 'retained',
    details: { erased: String(erased), looked: String(ids.length) },
    ...(erased === 0 ? { unreported: true } : {}),
    also: [following],
  };
};

/** What falls due for the sake of people's privacy. */
export const privacyTurns: ReadonlyMap<string, TurnHandler> = new Map([
  [PRIVACY_ERASE, eraseRest],
  [PRIVACY_RETAIN, retain],
]);
