/** Where tests of a case are. */
interface Proof {
  /** The test file, below `server/test`. */
  readonly file: string;
  /** How the names of its tests or of what they stand in begin. */
  readonly tests: readonly string[];
}

/** A promise of the game that must hold, whatever comes. */
export interface Case {
  readonly number: number;
  readonly text: string;
  readonly proofs: readonly Proof[];
  /**
   * Which of its tests need the embedded engine and are left out at an endpoint: its requests cannot be made to fail.
   * All others run on any endpoint.
   */
  readonly needsEngine?: readonly string[];
}

/** The cases that must hold. Each runs on the embedded engine, and on a DynamoDB endpoint where one is named. */
export const CASES: readonly Case[] = [
  {
    number: 1,
    text: 'The same event sent 50 times at once: one event, one set of effects, 50 identical answers.',
    proofs: [{ file: 'game/exactly-once.test.ts', tests: ['case 1: one event, however often it is sent'] }],
    needsEngine: ['again when the answer was lost after the commit'],
  },
  {
    number: 2,
    text: '200 concurrent events of one player against a target of 100: completed once, never past the target.',
    proofs: [{ file: 'game/exactly-once.test.ts', tests: ['case 2: a target is reached once'] }],
    needsEngine: ['200 concurrent events by two processes, while every second transaction loses against another'],
  },
  {
    number: 3,
    text: 'A weekly mission in the zone of its players across clock changes, in Auckland, Kathmandu and Los Angeles.',
    proofs: [
      { file: 'game/calendar.test.ts', tests: ['case 3: clock changes in '] },
      { file: 'game/civil.test.ts', tests: ['case 3: the civil date of an instant'] },
    ],
  },
  {
    number: 4,
    text: 'A target edited after the start: running progress keeps its target, the next period takes the new one.',
    proofs: [{ file: 'game/rules.test.ts', tests: ['case 4: a definition that changes while players are on it'] }],
  },
  {
    number: 5,
    text: '`always` 20 and `fallback` 5: a matching event pays 20, another pays 5, never 25.',
    proofs: [
      { file: 'game/rules.test.ts', tests: ['case 5: always and fallback'] },
      { file: 'game/expressions.test.ts', tests: ['case 5 with a condition: always 20 and fallback 5'] },
    ],
  },
  {
    number: 6,
    text: 'A budget of 1,000 with 64 writers asking for 7 each: at most 1,000 paid, every refusal named, none lost.',
    proofs: [
      {
        file: 'game/rewards-budgets.test.ts',
        tests: ['case 6: a budget of 1,000 and 64 writers who ask for 7 each'],
      },
    ],
  },
  {
    number: 7,
    text: 'Claim after expiry is refused and the amount goes back; claim twice pays once.',
    proofs: [{ file: 'game/rewards-claims.test.ts', tests: ['case 7: a reward that is to be claimed'] }],
  },
  {
    number: 8,
    text: 'Debit below the minimum is refused, nothing written; transfers in a loop from 32 writers keep the sum.',
    proofs: [
      {
        file: 'game/economy-ledger.test.ts',
        tests: [
          'takes nobody below what they have: 409, a pointer, and nothing written',
          'and 31 others transfer in a loop, by two processes: the sum never changes, none is lost',
        ],
      },
    ],
  },
  {
    number: 9,
    text: 'Daily streak: a day counts once, a missed day uses a freeze or breaks the run, a late event joins the runs.',
    proofs: [
      { file: 'game/calendar.test.ts', tests: ['case 9: a daily streak'] },
      { file: 'game/streaks.test.ts', tests: ['case 9: a missed day'] },
    ],
  },
  {
    number: 10,
    text: 'Ties: scores 10, 10, 7 are 1-1-3, 1-1-2 or 1-2-3 by rule; in `ordinal` the first to reach 10 stands first.',
    proofs: [{ file: 'game/leaderboards.test.ts', tests: ['case 10: ties', 'case 10: a board of 1,000 players'] }],
  },
  {
    number: 11,
    text: 'A board closed twice, by two closers, or by one that dies in between: one snapshot, each prize once.',
    proofs: [
      {
        file: 'game/board-closing.test.ts',
        tests: ['case 11: a board that is closed', 'case 11: a closer that dies'],
      },
    ],
  },
  {
    number: 12,
    text: 'Voiding the event that completed a mission takes back its reward, its score and the streak that it held.',
    proofs: [{ file: 'game/void.test.ts', tests: ['case 12: voiding an event'] }],
  },
  {
    number: 13,
    text: 'A hundred thousand events in a random order, in batches, a tenth sent twice, end as in order and once.',
    proofs: [{ file: 'game/replay.test.ts', tests: ['case 13: '] }],
  },
  {
    number: 14,
    text: 'Everything in 13 by `dryRun` leaves the table byte for byte as it was.',
    proofs: [{ file: 'game/replay.test.ts', tests: ['case 14: a dry run'] }],
  },
  {
    number: 15,
    text: 'A token of one workspace reads, guesses, lists, searches, pages or subscribes its way to nothing of another.',
    proofs: [
      {
        file: 'game/isolation.test.ts',
        tests: ['case 15: what has the same name in several workspaces never meets'],
      },
      {
        file: 'isolation/references.test.ts',
        tests: [
          'threats 21 and 22: a name that must be there: that of another workspace is as absent as one that never was',
          'a name that narrows a list: nothing is listed of what is not there',
        ],
      },
      {
        file: 'isolation/answers.test.ts',
        tests: [
          'acting for a player of another workspace is acting for nobody',
          'threat 27: what is answered never names a thing of another workspace',
        ],
      },
      {
        file: 'api/cursors.test.ts',
        tests: ['threat 24: refuses a cursor of another player, of another workspace and of another tenant'],
      },
      {
        file: 'live/live.test.ts',
        tests: ['belongs to nobody else: not another player, not the same id elsewhere, whatever is asked'],
      },
    ],
  },
];

/** Every file that proves a case, below `server/test`. */
export const CASE_FILES: readonly string[] = [
  ...new Set(CASES.flatMap(({ proofs }) => proofs.map(({ file }) => file))),
];
