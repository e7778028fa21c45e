/**
 * A class for each code of a problem, for those who would rather write `instanceof`. An entry of its own: whoever
 * decides by codes, with `isProblem`, does not load them.
 *
 * @example
 * import { VersionMismatchError } from '@laurel/sdk/errors';
 *
 * try {
 *   await laurel.missions.update(mission.id, changes, { ifMatch: mission });
 * } catch (error) {
 *   if (!(error instanceof VersionMismatchError)) throw error;
 *   console.log(error.detail);
 * }
 */
export { ProblemError } from './core/errors.ts';
export type { ProblemClass } from './core/problem-class.ts';
export * from './generated/problem-classes.ts';
