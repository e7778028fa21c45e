import * as z from 'zod';
import { Attributes, MAX_VALUE } from '../events/schema.ts';
import { Condition } from '../shared/condition.ts';
import { Id } from '../shared/ids.ts';
import { Amount } from '../shared/numbers.ts';
import { Tags } from '../shared/tags.ts';
import { Language } from '../shared/text.ts';
import { Instant, Zone } from '../shared/time.ts';
import { UserAttributes } from '../users/attributes.ts';

const activity = Id.optional().meta({
  description: 'The activity whose attributes `event` has; where it is missing, `event.attributes` is not checked.',
});

const about = z
  .enum(['event', 'user'])
  .default('event')
  .meta({ description: 'What it is about: an event and all around it, or, as in a segment, a user alone.' });

/** What to check an expression by. */
export const ExpressionCheck = z
  .strictObject({
    expression: z.string().min(1).max(2000).meta({ example: 'event.value >= 10' }),
    activity,
    about,
  })
  .meta({
    id: 'ExpressionCheck',
    description: 'An expression to check.',
    example: { expression: 'event.value >= 10', activity: 'lesson.completed' },
  });
export type ExpressionCheck = z.infer<typeof ExpressionCheck>;

/** Something that is wrong with an expression, and where. */
export const ExpressionProblem = z
  .object({
    message: z.string().meta({ example: 'No such key: valeu' }),
    from: z.int().meta({ description: 'The first character that is wrong, from 0.', example: 6 }),
    to: z.int().meta({ description: 'The character after the last that is wrong.', example: 11 }),
  })
  .meta({ id: 'ExpressionProblem', description: 'What is wrong with an expression, and where.' });
export type ExpressionProblem = z.infer<typeof ExpressionProblem>;

const type = z.string().meta({ description: 'As CEL names it; a condition must be `bool`.', example: 'bool' });

/** Whether an expression can be used. */
export const ExpressionReport = z
  .object({ ok: z.boolean(), type: type.optional(), problems: z.array(ExpressionProblem) })
  .meta({
    id: 'ExpressionReport',
    description: 'Whether an expression is well-formed, of which type, and what is wrong with it.',
    example: { ok: true, type: 'bool', problems: [] },
  });
export type ExpressionReport = z.infer<typeof ExpressionReport>;

/** An event to try an expression on. */
export const SampleEvent = z
  .strictObject({
    id: Id.optional(),
    value: z.int().min(0).max(MAX_VALUE).optional(),
    occurredAt: Instant.optional(),
    attributes: Attributes.optional(),
  })
  .meta({ id: 'SampleEvent', description: 'An event to try an expression on.', example: { value: 12 } });

/** A user to try an expression on. */
export const SampleUser = z
  .strictObject({
    id: Id.optional(),
    language: Language.optional(),
    zone: Zone.optional(),
    attributes: UserAttributes.optional(),
    tags: Tags.optional(),
  })
  .meta({ id: 'SampleUser', description: 'A user to try an expression on.', example: { language: 'en' } });

/** Numbers by name. */
const counts = z
  .record(Id, Amount)
  .refine((named) => Object.keys(named).length <= 100, 'at most 100 of a kind')
  .optional();

/** A player's state to try an expression on. */
export const SamplePlayer = z
  .strictObject({
    balances: counts.meta({ description: 'By currency.', example: { xp: 120 } }),
    levels: counts.meta({ description: 'By level track.', example: { ranks: 3 } }),
    badges: counts.meta({ description: 'By badge: how often they have it.', example: { founder: 1 } }),
    counters: counts.meta({
      description: 'By activity: how many events, without those over a limit.',
      example: { 'lesson.completed': 40 },
    }),
  })
  .meta({ id: 'SamplePlayer', description: "A player's state to try an expression on." });

/** Facts to try an expression on; what is missing is plain: a value of 1, no attributes, balances of 0, now. */
export const SampleFacts = z
  .strictObject({
    event: SampleEvent.optional(),
    user: SampleUser.optional(),
    player: SamplePlayer.optional(),
    now: Instant.optional(),
  })
  .meta({
    id: 'SampleFacts',
    description: 'Facts to try an expression on; what is missing is plain.',
    example: { event: { value: 12, attributes: { score: 92 } }, user: { language: 'en' } },
  });
export type SampleFacts = z.infer<typeof SampleFacts>;

/** An expression and the facts to try it on. */
export const ExpressionEvaluate = z.strictObject({ expression: Condition, activity, about, facts: SampleFacts }).meta({
  id: 'ExpressionEvaluate',
  description: 'An expression, and facts to try it on.',
  example: {
    expression: 'event.value >= 10 && user.language == "en"',
    facts: { event: { value: 12 }, user: { language: 'en' } },
  },
});
export type ExpressionEvaluate = z.infer<typeof ExpressionEvaluate>;

const outcome = {
  value: z
    .union([z.string(), z.number(), z.boolean()])
    .optional()
    .meta({ description: 'Lists and maps as JSON text, times as RFC 3339.', example: true }),
  refusal: z
    .string()
    .optional()
    .meta({ description: 'Why there is no value; a condition then counts as false.', example: 'No such key: score' }),
};

/** What an expression came to, part by part. */
export const ExpressionResult = z
  .object({
    type,
    ...outcome,
    parts: z
      .array(
        z
          .object({
            expression: z.string().meta({ example: 'event.value >= 10' }),
            from: z.int().meta({ example: 0 }),
            to: z.int().meta({ example: 17 }),
            ...outcome,
          })
          .meta({ id: 'ExpressionPart', description: 'A part of an expression, and what it came to by itself.' }),
      )
      .meta({ description: 'The innermost first, the whole last; what is inside a loop is left out.' }),
  })
  .meta({
    id: 'ExpressionResult',
    description: 'What an expression came to, and each part of it.',
    example: {
      type: 'bool',
      value: true,
      parts: [
        { expression: 'event.value', from: 0, to: 11, value: 12 },
        { expression: 'event.value >= 10', from: 0, to: 17, value: true },
      ],
    },
  });
export type ExpressionResult = z.infer<typeof ExpressionResult>;
