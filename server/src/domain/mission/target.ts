import type { Facts } from '../condition.ts';

/** A compiled expression of a target: a pure function; null where it comes to no whole number. */
export type TargetFormula = (facts: Facts) => number | null;

/** Makes a formula of a text, which the shell knows how to read. */
export type CompileTarget = (text: string) => TargetFormula;
