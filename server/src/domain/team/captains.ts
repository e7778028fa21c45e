/** The most captains of one team. */
export const MAX_CAPTAINS = 10;

/** The captains of a team, by member, after somebody joined: a team with members has a captain. */
export function captainsAfterJoin(captains: readonly string[], joined: string): readonly string[] {
  return captains.length === 0 ? [joined] : captains;
}

/** The captains after somebody left; the last captain's place goes to the heir, where anybody is left. */
export function captainsAfterLeave(
  captains: readonly string[],
  left: string,
  heir: string | undefined,
): readonly string[] {
  const staying = captains.filter((member) => member !== left);
  return staying.length === 0 && heir !== undefined ? [heir] : staying;
}

/** The captains after a member was made one, or no longer; why not, where that cannot be. */
export function captainsWith(
  captains: readonly string[],
  member: string,
  role: 'captain' | 'member',
): readonly string[] | 'too_many' | 'last_one' {
  if (captains.includes(member) === (role === 'captain')) return captains;
  if (role === 'captain') return captains.length >= MAX_CAPTAINS ? 'too_many' : [...captains, member];
  return captains.length === 1 ? 'last_one' : captains.filter((one) => one !== member);
}
