/** The longest text of an expression, in UTF-16 code units. */
export const MAX_TEXT = 2000;

/** How many nodes an expression may have: each name, literal, operator and call is one. */
export const MAX_NODES = 200;

/** How deep it may be nested; a chain of one operator, such as `a && b && c`, is one level. */
export const MAX_DEPTH = 20;

/** How many nodes one evaluation may visit, at the most, counting the body of a loop once for each element. */
export const MAX_STEPS = 10_000;

/** The integers of CEL are of 64 bits. */
export const MAX_INT = 2n ** 63n - 1n;
