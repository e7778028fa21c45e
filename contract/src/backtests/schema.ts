import * as z from 'zod';
import { Id } from '../shared/ids.ts';
import { Amount, Version } from '../shared/numbers.ts';
import { PageQuery } from '../shared/page.ts';
import { CivilDate, Instant, PeriodKey, Zone } from '../shared/time.ts';

/** How long an interval a back-test looks at, in days. */
export const MAX_BACKTEST_DAYS = 366;

/** What a definition is tried on, and which form of it, where its own body says nothing else. */
export const backtestFields = {
  from: Instant.meta({ description: 'The first moment of the interval.', example: '2026-11-01T00:00:00.000Z' }),
  to: Instant.meta({
    description: 'The end of the interval, which is no part of it: at most 366 days after `from`.',
    example: '2026-12-01T00:00:00.000Z',
  }),
  draft: z.literal(true).optional().meta({
    description: 'The draft that waits to be published; what is tried where nothing else is named.',
    example: true,
  }),
  version: Version.optional().meta({ description: 'A version that was at work, instead of the draft.' }),
};

/** How many players a call looks at, and from where; a cursor carries what budgets have paid by then. */
export const BacktestQuery = PageQuery.extend({
  cursor: z.string().max(8192).optional().meta({
    description: '`nextCursor` of the call before; it fits this back-test only.',
  }),
});

/** Where a body names two things to try. */
export const ONE_OF = 'name one of `draft`, `version` and `definition`';

/** Whether a back-test names one thing to try at the most. */
export function namesOne(asked: { readonly [name in 'draft' | 'version' | 'definition']?: unknown }): boolean {
  return [asked.draft, asked.version, asked.definition].filter((one) => one !== undefined).length <= 1;
}

/** What a definition comes to in one currency. */
export const BacktestAmount = z
  .object({
    currency: Id.meta({ example: 'xp' }),
    gives: Amount.meta({ description: 'What the definition itself would have given.' }),
    gave: Amount.meta({ description: 'What it really gave.', example: 0 }),
    difference: Amount.meta({
      description:
        'How much more all rules together would have given than they did: what follows from it (rules that wait for a mission, fallbacks that it holds back) is in here too.',
    }),
  })
  .meta({ id: 'BacktestAmount', description: 'What a definition comes to in one currency.' });
export type BacktestAmount = z.infer<typeof BacktestAmount>;

const times = z.int().meta({
  description: 'How often a mission would have been completed, a rule paid, or a streak counted a day.',
  example: 3,
});
const before = z.int().meta({ description: 'How often it really was.', example: 0 });
const amounts = z.array(BacktestAmount).meta({ description: 'By currency; those that nothing moved are left out.' });

/** One day of a back-test. */
export const BacktestDay = z.object({ day: CivilDate, times, before, amounts }).meta({
  id: 'BacktestDay',
  description: 'One day of the interval on which something would have come about, or did.',
});
export type BacktestDay = z.infer<typeof BacktestDay>;

/** What one player would have come to on one day. */
export const BacktestResult = z
  .object({
    userId: Id.meta({ example: 'usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9' }),
    day: CivilDate,
    period: PeriodKey.nullable().meta({ description: 'Of a mission: the period that it is completed in.' }),
    run: z.int().nullable().meta({
      description: 'Of a streak: the days of the run that the day is part of; null where the day would not count.',
      example: null,
    }),
    times,
    before,
  })
  .meta({ id: 'BacktestResult', description: 'What one player would have come to on one day.' });
export type BacktestResult = z.infer<typeof BacktestResult>;

/** What a definition would have come to for some of the players. */
export const Backtest = z
  .object({
    definition: z
      .object({ id: Id.meta({ example: 'weekly-five' }), version: Version })
      .meta({ id: 'BacktestDefinition', description: 'What was tried.' }),
    from: Instant,
    to: Instant,
    zone: Zone.meta({ description: "The workspace's zone, in which days are told." }),
    looked: z.int().meta({ description: 'How many players this call looked at.', example: 50 }),
    players: z.int().meta({ description: 'How many of them did something in the interval.', example: 12 }),
    events: z.int().meta({ description: 'How many of their events lie in it.', example: 340 }),
    withheld: z.int().meta({
      description:
        'How often a rule matched and its budget, or its cap over all players, would have had nothing left for it.',
      example: 0,
    }),
    times,
    before,
    amounts,
    days: z.array(BacktestDay).meta({ description: 'The earliest first.' }),
    results: z.array(BacktestResult).meta({ description: 'Player by player, and by day.' }),
    nextCursor: z.string().nullable().meta({
      description: 'Give it as `cursor` for the next players, and add up what the calls answer; null at the end.',
      example: null,
    }),
  })
  .meta({
    id: 'Backtest',
    description: 'What a definition would have come to, for the players that this call looked at.',
  });
export type Backtest = z.infer<typeof Backtest>;
