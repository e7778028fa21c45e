import * as z from 'zod';

/** A BCP 47 language tag, such as `en` or `pt-BR`. */
export const Language = z
  .string()
  .regex(/^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}$/, 'use a BCP 47 tag such as en or pt-BR')
  .meta({ id: 'Language', description: 'A BCP 47 language tag.', example: 'en' });

/** A lone half of a surrogate pair is not text: it cannot be stored as UTF-8. */
const wellFormed = (text: string): boolean => text.isWellFormed();

/** Text that people read: stored in Unicode normal form C. */
export const Text = z
  .string()
  .trim()
  .normalize('NFC')
  .min(1)
  .max(500)
  .refine(wellFormed, 'contains half a surrogate pair');

/** A short name that people read. */
export const Label = z
  .string()
  .trim()
  .normalize('NFC')
  .min(1)
  .max(120)
  .refine(wellFormed, 'contains half a surrogate pair');

/** One text in one language or more; readers get the best match to their own. */
export const LocalizedText = z
  .record(Language, Text)
  .refine((texts) => Object.keys(texts).length > 0, 'give the text in one language at least')
  .refine((texts) => Object.keys(texts).length <= 50, 'at most 50 languages')
  .meta({
    id: 'LocalizedText',
    description: 'A text by language; readers get the best match to theirs.',
    example: { en: 'Weekly quest', it: 'Missione settimanale' },
  });
