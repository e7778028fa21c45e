import * as z from 'zod';

const WORD = '[A-Za-z0-9][A-Za-z0-9_.-]{0,62}';

/** A free label, with a namespace before a colon where there is one: `vip`, `plan:pro`. */
export const Tag = z
  .string()
  .regex(new RegExp(`^(?:${WORD}:)?${WORD}$`), 'use letters, digits and _ . -, with one namespace and a colon at most')
  .meta({ id: 'Tag', description: 'A free label, such as `vip` or, with a namespace, `plan:pro`.', example: 'vip' });

/** The most tags of one thing. */
export const MAX_TAGS = 50;

/** The tags of one thing; one that is given twice is one. */
export const Tags = z
  .array(Tag)
  .max(MAX_TAGS)
  .meta({ id: 'Tags', description: 'Free labels, each once; at most 50.', example: ['vip'] });
