import type { PrivacySettings } from '@laurel/contract/privacy/schema';
import type { DueItem } from '../store/schedule.ts';

/** Which due item goes through the users of a workspace: its subject is the workspace's name. */
export const PRIVACY_RETAIN = 'privacy.retain';

/** That somebody goes through the users of a workspace, from a time on. */
export function retentionDue({ slug }: { readonly slug: string }, at: string): DueItem {
  return { kind: PRIVACY_RETAIN, subject: slug, at };
}

/** Whether a workspace has anything that it keeps for a time alone. */
export function retainsForATime({ inactiveDays, keepDays }: PrivacySettings): boolean {
  return inactiveDays !== null || Object.values(keepDays).some((days) => days !== null);
}

/** The moment so many days before another. */
export function daysBefore(now: string, days: number): string {
  return new Date(Date.parse(now) - days * 24 * 60 * 60 * 1000).toISOString();
}

/** The next midnight, UTC. */
export function nextMidnight(now: string): string {
  return `${daysBefore(now, -1).slice(0, 10)}T00:00:00.000Z`;
}
