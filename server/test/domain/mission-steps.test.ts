import type { Mission, MissionStep } from '@laurel/contract/types';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { foldStretch, newPlayer, type Ruleset, recountedFrom } from '../../src/domain/index.ts';
import {
  activity,
  decided,
  fold,
  foldEntries,
  type Happening,
  happening,
  inOrder,
  mission,
  rulesetOf,
  stamped,
} from './fixtures.ts';

/** A stretch that must not be refused. */
function folded(stretch: ReturnType<typeof foldStretch>) {
  if (stretch.kind === 'refused') throw new Error(stretch.detail);
  return stretch;
}

const ACTIVITIES = ['read', 'run', 'sing'] as const;
const step = (what: Partial<MissionStep>, target: MissionStep['target'] = 1): MissionStep => ({
  adds: 'one',
  target,
  ...what,
});
const at = (minute: number) => new Date(Date.UTC(2026, 10, 2, 8, minute)).toISOString();

const steps = fc.array(
  fc.record({
    activity: fc.constantFrom(...ACTIVITIES),
    adds: fc.constantFrom('one' as const, 'value' as const),
    target: fc.integer({ min: 1, max: 6 }),
  }),
  { minLength: 1, maxLength: 6 },
);
const combine = (count: number) =>
  fc.oneof(
    fc.constant({ kind: 'all' } as const),
    fc.constant({ kind: 'sequence' } as const),
    fc.integer({ min: 1, max: count }).map((n) => ({ kind: 'any', count: n }) as const),
  );
const events = fc.array(fc.record({ minute: fc.nat(50), activity: fc.constantFrom(...ACTIVITIES), value: fc.nat(4) }), {
  maxLength: 40,
});
const happened = (all: readonly { minute: number; activity: string; value: number }[]): Happening[] =>
  all.map(({ minute, ...one }, index) => happening(`evt-${String(index).padStart(2, '0')}`, at(minute), one));

/** The rules once more, as plainly as they can be said. */
function naive(own: Mission, all: readonly Happening[]) {
  const amounts = own.steps.map(() => 0);
  const isDone = (index: number) => (amounts[index] ?? 0) >= Number(own.steps[index]?.target);
  let completedAt: string | null = null;
  for (const event of inOrder(all)) {
    if (completedAt !== null) break;
    const first = own.steps.findIndex((_, index) => !isDone(index));
    const done = own.steps.map((_, index) => isDone(index));
    for (const [index, one] of own.steps.entries()) {
      const isTurn = own.combine?.kind === 'sequence' ? index === first : !done[index];
      if (!isTurn || one.activity !== event.activity) continue;
      const added = one.adds === 'value' ? event.value : 1;
      amounts[index] = Math.min(Number(one.target), (amounts[index] ?? 0) + added);
    }
    const count = own.steps.filter((_, index) => isDone(index)).length;
    const needed = own.combine?.kind === 'any' ? own.combine.count : own.steps.length;
    if (count >= needed) completedAt = event.occurredAt;
  }
  return { amounts, completedAt };
}

describe('steps', () => {
  test('of all kinds of missions come to what a naive count over the history comes to', () => {
    const made = steps.chain((all) => fc.tuple(fc.constant(all), combine(all.length)));
    fc.assert(
      fc.property(made, events, ([all, how], given) => {
        const own = mission('many', { steps: all, combine: how });
        const expected = naive(own, happened(given));
        const { player, completions, outcomes } = fold(rulesetOf({ missions: [own] }), happened(given));
        const record = player.progress['many:all'];
        expect(record?.steps?.map(({ amount }) => amount) ?? all.map(() => 0)).toEqual(expected.amounts);
        expect(record?.completedAt ?? null).toBe(expected.completedAt);
        expect(completions).toEqual(expected.completedAt === null ? [] : ['many:all']);
        // The log adds up to where the steps stand.
        const moves = outcomes.flatMap((one) => one.moves ?? []);
        const sums = all.map((_, index) =>
          moves.filter((move) => move.step === index).reduce((sum, { added }) => sum + added, 0),
        );
        expect(sums).toEqual(expected.amounts);
      }),
      { numRuns: 300 },
    );
  });

  test('match the activities of a tag, a completed mission, an awarded badge and a level', () => {
    const tagged = ['read', 'sing'].map((id) => ({ ...activity(id), tags: ['arts'] }));
    const ruleset = rulesetOf({
      activities: [...tagged, activity('run')],
      missions: [
        mission('arts', { steps: [step({ tag: 'arts' }, 2)] }),
        mission('after', { steps: [step({ mission: 'arts' }), step({ activity: 'run' })] }),
      ],
    });
    const { completions } = fold(
      ruleset,
      ['run', 'read', 'run', 'sing'].map((name, index) => happening(`e${index}`, at(index), { activity: name })),
    );
    expect(completions).toEqual(['arts:all', 'after:all']);
  });

  test('count an event once in a sequence, also where the next step waits for the same', () => {
    const ruleset = rulesetOf({
      missions: [
        mission('twice', {
          steps: [step({ activity: 'run' }), step({ activity: 'run' })],
          combine: { kind: 'sequence' },
        }),
      ],
    });
    const runs = [1, 2].map((minute) => happening(`e${minute}`, at(minute), { activity: 'run' }));
    expect(fold(ruleset, runs.slice(0, 1)).player.progress['twice:all']).toMatchObject({ amount: 1, target: 2 });
    expect(fold(ruleset, runs).completions).toEqual(['twice:all']);
  });

  test('freeze a target that is worked out when the progress starts; where it comes to nothing, nothing starts', () => {
    const target = { expression: 'event.value' };
    const ruleset = rulesetOf({ missions: [mission('own', { steps: [step({ activity: 'run' }, target)] })] });
    const runs = [0, 3, 5].map((value, index) => happening(`e${index}`, at(index), { activity: 'run', value }));
    const { player } = fold(ruleset, runs);
    expect(player.progress['own:all']).toMatchObject({ target: 3, amount: 2, startedAt: at(1) });
    const [first] = runs;
    if (first === undefined) throw new Error('no event');
    expect(decided(ruleset, newPlayer(), first).trace).toMatchObject([{ why: 'target_refused' }]);
  });
});

describe('what starts a mission', () => {
  test('a prerequisite counts when it was there before the event, in event time', () => {
    const ruleset = rulesetOf({
      missions: [
        mission('a', { steps: [step({ activity: 'run' })] }),
        mission('b', { steps: [step({ activity: 'run' })], prerequisites: [{ mission: 'a' }] }),
        mission('c', { steps: [step({ activity: 'run' })], prerequisites: [{ mission: 'b' }] }),
      ],
    });
    const runs = [1, 2, 3].map((minute) => happening(`e${minute}`, at(minute), { activity: 'run' }));
    const { outcomes } = fold(ruleset, runs.toReversed());
    expect(outcomes.map(({ marks }) => marks)).toEqual([['completed a all'], ['completed b all'], ['completed c all']]);
  });

  test('a mission with a trigger counts from the trigger on', () => {
    const ruleset = rulesetOf({
      missions: [
        mission('m', { steps: [step({ activity: 'run' }, 2)], assignment: { kind: 'event', activity: 'sing' } }),
      ],
    });
    const names = ['run', 'run', 'sing', 'run'];
    const { player, outcomes } = fold(
      ruleset,
      names.map((name, index) => happening(`e${index}`, at(index), { activity: name })),
    );
    expect(player.progress['m:all']).toMatchObject({ amount: 1, startedAt: at(2) });
    expect(outcomes.map(({ touched }) => touched.length)).toEqual([0, 0, 1, 1]);
  });

  test('one that repeats has a progress for each time, and as many as it says', () => {
    const timesOf = (repeat: Mission['repeat']) => {
      const steps = [step({ activity: 'run' }, 2)];
      const ruleset = rulesetOf({ missions: [mission('m', { steps, ...(repeat && { repeat }) })] });
      const runs = Array.from({ length: 9 }, (_, index) => happening(`e${index}`, at(index), { activity: 'run' }));
      return fold(ruleset, runs);
    };
    expect(timesOf(undefined).completions).toEqual(['m:all']);
    expect(timesOf({ times: 3 }).completions).toEqual(['m:all', 'm:all.2', 'm:all.3']);
    const endless = timesOf({});
    expect(endless.completions).toEqual(['m:all', 'm:all.2', 'm:all.3', 'm:all.4']);
    expect(endless.records['progress m:all.5']).toMatchObject({ period: 'all.5', amount: 1 });
    expect(Object.keys(endless.player.progress)).toEqual(['m:all']);
  });

  test('a range and a cron expression are open when they are', () => {
    const ruleset = rulesetOf({
      missions: [
        mission('r', {
          steps: [step({ activity: 'run' }, 9)],
          schedule: { kind: 'range', from: '2026-11-02', to: '2026-11-03', zone: 'UTC' },
        }),
        mission('x', {
          steps: [step({ activity: 'run' }, 9)],
          schedule: { kind: 'cron', cron: '0 9 * * *', zone: 'user' },
        }),
      ],
    });
    const when = [
      '2026-11-01T23:59:59.999Z',
      '2026-11-02T00:00:00.000Z',
      '2026-11-03T23:59:59.999Z',
      '2026-11-04T00:00:00.000Z',
    ];
    const { records } = fold(
      ruleset,
      when.map((instant, index) => happening(`e${index}`, instant, { activity: 'run' })),
    );
    expect(records['progress r:all']).toMatchObject({ amount: 2, startedAt: when[1] });
    expect(Object.keys(records).filter((ref) => ref.startsWith('progress x'))).toEqual([
      'progress x:2026-11-01T09:00Z',
      'progress x:2026-11-03T09:00Z',
    ]);
    expect(records['progress x:2026-11-01T09:00Z']).toMatchObject({ amount: 2 });
  });
});

describe('what a new version makes of running progress', () => {
  const published = at(30);
  const v1 = mission('m', { steps: [step({ activity: 'run' }, 10)] });
  const v2 = (running: Mission['running'], more: Partial<Mission> = {}) =>
    mission('m', { version: 2, running, publishedAt: published, steps: [step({ activity: 'run' }, 6)], ...more });

  function rulesetsOf(next: Mission): (version: number) => Ruleset {
    const first = rulesetOf({ missions: [v1] }, 1);
    const second = rulesetOf({ missions: [next], missionVersions: [v1, next] }, 2);
    return (version) => (version === 1 ? first : second);
  }

  /** Runs in these minutes; those that arrived after the publication are decided by the second ruleset. */
  function played(next: Mission, early: readonly number[], late: readonly number[], kind = 'run') {
    const rulesetFor = rulesetsOf(next);
    const entry = (version: number) => (minute: number) =>
      stamped(
        rulesetFor(version),
        happening(`e${minute}`, at(minute), { activity: kind }),
        version === 2 ? { joins: { 'm:all': 1 } } : {},
      );
    return foldEntries(rulesetFor, inOrder([...early.map(entry(1)), ...late.map(entry(2))]));
  }
  const early = [1, 2, 3];

  test('keep leaves it on its version', () => {
    expect(played(v2('keep'), early, [31, 32]).player.progress['m:all']).toMatchObject({
      missionVersion: 1,
      amount: 5,
      target: 10,
    });
  });

  test('reset lets it begin anew with the first event since, and late ones from before are of what was before', () => {
    const reset = v2('reset');
    expect(played(reset, early, [31, 32]).player.progress['m:all']).toMatchObject({
      missionVersion: 2,
      startedOn: 1,
      amount: 2,
      target: 6,
      startedAt: at(31),
    });
    expect(played(reset, early, [0, 4, 31]).player.progress['m:all']).toMatchObject({ missionVersion: 2, amount: 1 });
    expect(played(reset, early, [0, 4]).player.progress['m:all']).toMatchObject({ missionVersion: 1, amount: 5 });
  });

  test('recompute counts all since its start by the new version, whatever arrived when', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 0, max: 29 }), { minLength: 1, maxLength: 8 }),
        fc.uniqueArray(fc.integer({ min: 31, max: 50 }), { minLength: 1, maxLength: 8 }),
        fc.nat(8),
        (before, since, cut) => {
          // Of those from before, some arrive late; the first to arrive starts it on the first version.
          const arrived = before.slice(0, Math.max(1, cut));
          const { player, completions } = played(v2('recompute'), arrived, [...before.slice(arrived.length), ...since]);
          // What was completed by the first version's 10 cannot be here: there are 8 at most.
          const counted = before.length + since.length;
          expect(player.progress['m:all']).toMatchObject({ missionVersion: 2, amount: Math.min(6, counted) });
          expect(completions).toEqual(counted >= 6 ? ['m:all'] : []);
        },
      ),
    );
  });

  test('recompute takes another activity, and completes at once what has been done', () => {
    const sung = v2('recompute', { steps: [step({ activity: 'run' }, 2)] });
    const { player, completions } = played(sung, early, [40]);
    expect(completions).toEqual(['m:all']);
    expect(player.progress['m:all']).toMatchObject({ amount: 2, completedAt: at(40) });
  });

  test('a history comes to the same stretch by stretch, given the past from where it is asked for', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 0, max: 29 }), { minLength: 1, maxLength: 8 }),
        fc.uniqueArray(fc.integer({ min: 31, max: 50 }), { minLength: 1, maxLength: 8 }),
        fc.nat(16),
        (before, since, cut) => {
          const rulesetFor = rulesetsOf(v2('recompute'));
          const happened = (version: number) => (minute: number) =>
            stamped(rulesetFor(version), happening(`e${minute}`, at(minute), { activity: 'run' }));
          const entries = inOrder([...before.map(happened(1)), ...since.map(happened(2))]);
          const whole = folded(foldStretch(newPlayer(), entries, rulesetFor));
          const first = folded(foldStretch(newPlayer(), entries.slice(0, cut), rulesetFor, undefined, [], true));
          const rest = entries.slice(cut);
          const from = recountedFrom(first.state, rest, rulesetFor);
          const past = first.past.filter(({ entry }) => from !== null && entry.occurredAt >= from);
          const second = folded(foldStretch(first.state, rest, rulesetFor, undefined, past));
          expect(second.state).toEqual(whole.state);
          expect([...first.outcomes, ...second.outcomes]).toEqual(whole.outcomes);
        },
      ),
    );
  });

  test('reset to another schedule ends what is running, and starts the other; recompute leaves it', () => {
    const schedule = { kind: 'recurring', every: 'week', zone: 'UTC' } as const;
    expect(played(v2('reset', { schedule }), early, [31, 32]).player.progress).toMatchObject({
      'm:all': { missionVersion: 1, amount: 3, cancelledAt: at(31), endedBy: 2 },
      'm:2026-W45': { missionVersion: 2, amount: 2 },
    });
    const { progress } = played(v2('recompute', { schedule }), early, [31]).player;
    expect(progress['m:all']).toMatchObject({ missionVersion: 1, amount: 4 });
  });
});
