import { daysSince1970 } from './local-time.ts';

/** What the events of a player bring about by the definitions of the tests, worked out anew. */
export function expectedOf(events: readonly { activity: string; value: number; occurredAt: string }[]) {
  const lessons = events.filter(({ activity }) => activity === 'lesson');
  const days = Map.groupBy(lessons, ({ occurredAt }) => occurredAt.slice(0, 10));
  const weeks = Map.groupBy(days.keys(), (day) => Math.floor((daysSince1970(day) + 3) / 7));
  const inWeek = [...weeks.values()].map((ofWeek) =>
    ofWeek.reduce((sum, day) => sum + (days.get(day)?.length ?? 0), 0),
  );
  const completed =
    [...days.values()].filter((ofDay) => ofDay.length >= 3).length +
    inWeek.filter((count) => count >= 5).length +
    (lessons.length >= 20 ? 1 : 0);
  return {
    xp: 10 * lessons.length + 50 * completed,
    gems: events.length - lessons.length,
    score: lessons.reduce((sum, { value }) => sum + value, 0),
    days: days.size,
    entries: events.length + completed,
  };
}
