import type { PrivacySettings } from '@laurel/contract/privacy/schema';
import type { Destroyed } from '../ports/vault.ts';
import { eraseUser, erasureOf, finishErasure, PRIVACY_ERASE, secondLookAt, vaultOf } from '../privacy/erase.ts';
import { eraseAgain } from '../privacy/reapply.ts';
import { daysBefore, nextMidnight, PRIVACY_RETAIN, retainsForATime } from '../privacy/retention.ts';
import { latestLines } from '../store/history.ts';
import { getSheet } from '../store/players.ts';
import { someUserIds } from '../store/privacy.ts';
import { getWorkspace } from '../store/tenants.ts';
import { getUser } from '../store/users.ts';
import { lapseForUsers, removeKinds } from './retention.ts';
import type { Turn, TurnHandler } from './turn.ts';

/** Looks once more at an erased user, now that no process knows their key; and goes on with an erasure that was not at its end. */
const eraseRest: TurnHandler = async ({ platform, scope, item, now }) => {
  const erasing = { platform, scope, now };
  const before = await erasureOf(erasing, item.subject);
  const erased = await finishErasure(erasing, item.subject);
  if (erased === undefined) return { outcome: 'skipped', unreported: true };
  if (!erased.isOver) return { outcome: 'erasing', goesOn: true };
  // What was begun while the key was known somewhere may have missed what was written by it.
  const next = before?.status === 'running' ? secondLookAt(now) : null;
  return { outcome: 'erased', next };
};

/** How many users one turn looks at. */
const PAGE = 100;

/** Whether anything but time passing is in a player's history since a moment. */
async function hasPlayedSince({ platform, scope }: Turn, userId: string, limit: string): Promise<boolean> {
  const { last } = await getSheet(platform.table, scope, userId);
  if (last === null || last.at < limit) return false;
  for await (const { entry } of latestLines(platform.table, scope, userId)) {
    if (entry.occurredAt < limit) return false;
    if (entry.act?.kind !== 'tick') return true;
  }
  return false;
}

/** Those of some users who neither played nor were changed since a moment; of restricted ones nothing is erased. */
async function inactiveSince(turn: Turn, ids: readonly string[], limit: string): Promise<string[]> {
  const { platform, scope } = turn;
  const found: string[] = [];
  for (const id of ids) {
    const user = await getUser(platform.table, scope, id);
    if (user === undefined || user.status === 'restricted' || user.updatedAt >= limit) continue;
    if (!(await hasPlayedSince(turn, id, limit))) found.push(id);
  }
  return found;
}

/** The next page comes at once, and yet not at the very turn that asks for it. */
function justAfter(at: string): string {
  return new Date(Date.parse(at) + 1).toISOString();
}

/** Erases those of some users who were inactive for longer than the workspace keeps people; answers with how many. */
async function eraseInactive(turn: Turn, { inactiveDays }: PrivacySettings, ids: readonly string[]): Promise<number> {
  if (inactiveDays === null) return 0;
  const inactive = await inactiveSince(turn, ids, daysBefore(turn.now, inactiveDays));
  for (const id of inactive) await eraseUser(turn, id, 'retention');
  return inactive.length;
}

/** A round as it goes from one page to the next: where it is, and what it has done so far. */
type Done = Readonly<Record<string, number>>;

const NOT_COUNTED = new Set(['from', 'looked']);

function doneBefore({ item }: Turn): Done {
  const counts = Object.entries(item.details ?? {}).filter(([name]) => name !== 'from');
  return Object.fromEntries(counts.map(([name, count]) => [name, Number(count)]));
}

function together(...all: readonly Done[]): Record<string, number> {
  const names = new Set(all.flatMap((one) => Object.keys(one)));
  return Object.fromEntries([...names].map((name) => [name, all.reduce((sum, one) => sum + (one[name] ?? 0), 0)]));
}

/** What is done for one user. One for whom it fails keeps nobody else waiting: it is told of, and tried again tomorrow. */
async function doneFor(
  turn: Turn,
  id: string,
  privacy: PrivacySettings,
  destroyed: ReadonlyMap<string, Destroyed>,
): Promise<Done> {
  const { platform, scope, now } = turn;
  try {
    const again = await eraseAgain({ platform, scope, now }, [id], destroyed);
    const inactive = await eraseInactive(turn, privacy, [id]);
    const lapsed = await lapseForUsers(turn, privacy, [id]);
    return together({ erased: again.length + inactive }, lapsed);
  } catch (error) {
    const { tenant, workspace } = scope;
    platform.logger.error('what is kept no longer of a user could not be removed', {
      tenant,
      workspace,
      error: error instanceof Error ? error : new Error(String(error)),
    });
    return { failed: 1 };
  }
}

/**
 * Goes through a workspace once a day, page by page: erases whoever was inactive for longer than the workspace keeps
 * people, and whoever a restored backup has brought back; and of all others what it keeps no longer, by kind of data.
 * The last page says what all have done, in one record.
 */
const retain: TurnHandler = async (turn) => {
  const { platform, scope, item, now } = turn;
  const { table } = platform;
  const workspace = await getWorkspace(table, scope.tenant, scope.workspace);
  if (workspace === undefined) return { outcome: 'skipped', unreported: true };
  const { privacy } = workspace;
  const destroyed = new Map((await vaultOf(table).destroyed(scope)).map((one) => [one.pseudonym, one]));
  // Nobody to look for, and nothing to do tomorrow.
  if (!retainsForATime(privacy) && destroyed.size === 0) return { outcome: 'skipped', unreported: true };
  const from = item.details?.from;
  const ofAll = from === undefined ? await removeKinds(turn, privacy.keepDays) : {};
  const { ids, next } = await someUserIds(table, scope, from, PAGE);
  const ofUsers: Done[] = [];
  for (const id of ids) ofUsers.push(await doneFor(turn, id, privacy, destroyed));
  const done = together(doneBefore(turn), { looked: ids.length }, ofAll, ...ofUsers);
  const told = Object.entries(done).map(([name, count]) => [name, String(count)] as const);
  const { details: _, ...same } = item;
  const details = Object.fromEntries(told);
  if (next !== null) {
    const following = { ...same, at: justAfter(item.at), details: { ...details, from: next } };
    return { outcome: 'retained', details, unreported: true, also: [following] };
  }
  const doings = told.filter(([name, count]) => !NOT_COUNTED.has(name) && count !== '0');
  return {
    outcome: 'retained',
    details,
    reason: ['retained', ...doings.map(([name, count]) => `${name} ${count}`)].join(', '),
    ...(doings.length === 0 ? { unreported: true } : {}),
    also: [{ ...same, at: nextMidnight(now) }],
  };
};

/** What falls due for the sake of people's privacy. */
export const privacyTurns: ReadonlyMap<string, TurnHandler> = new Map([
  [PRIVACY_ERASE, eraseRest],
  [PRIVACY_RETAIN, retain],
]);
