import type { Backtest } from '@laurel/contract/backtests/schema';
import { MAX_BACKTEST_DAYS } from '@laurel/contract/backtests/schema';
import type { DefinitionBodies } from '@laurel/contract/definitions/kinds';
import { civilStamp, epochOf, stampsOf, utcInstant } from '../calendar/civil.ts';
import {
  amountsOf,
  daysOf,
  type Entry,
  foldStretch,
  foldTrial,
  isClosed,
  isForTeams,
  type Refusal,
  type Ruleset,
  resultsOf,
  type Tested,
  type Trial,
  timesOf,
  zonesOf,
} from '../domain/index.ts';
import { type DefinitionKinds, getDefinition, getDraft, getVersion } from '../store/definition-items.ts';
import { type Rulebook, rulebookOf, settledRuleset } from '../store/definitions.ts';
import { getSheet } from '../store/players.ts';
import { scanUsers } from '../store/users.ts';
import { type TrialPools, trialPools } from './backtest-pools.ts';
import type { CallContext } from './call.ts';
import { judgeOf, supposed } from './definition-checks.ts';
import type { DefinitionTypes } from './definition-type.ts';
import { publishedFields } from './definitions.ts';
import { pastOf } from './past.ts';
import { baseOf, PAST_CLOSED, rulesetsOf } from './plan-base.ts';
import { storedView } from './player-view.ts';
import { notFound, ProblemError } from './problem.ts';
import { workspaceOf } from './reader.ts';
import { withTeams } from './team-stamps.ts';

/** The kinds of definition that can be tried on the past, and what they are called among what they bring about. */
const testedKinds = { missions: 'mission', rewardRules: 'rule', streaks: 'streak' } as const;
type TestedKind = keyof typeof testedKinds;

interface BacktestCall<K extends TestedKind> extends CallContext {
  readonly params: { readonly id: string };
  readonly query: { readonly limit: number; readonly cursor?: string | undefined };
  readonly body: {
    readonly from: string;
    readonly to: string;
    readonly version?: number | undefined;
    readonly definition?: DefinitionBodies[K] | undefined;
  };
}

/** How much of histories one call folds, at the most; the history of its last player is folded to the end. */
const MOST_ENTRIES = 20_000;
const DAY_MS = 86_400_000;

interface Interval {
  readonly from: string;
  readonly to: string;
}

function intervalOf({ body }: { readonly body: { readonly from: string; readonly to: string } }): Interval {
  const [from, to] = [utcInstant(body.from), utcInstant(body.to)];
  const days = (epochOf(to) - epochOf(from)) / DAY_MS;
  if (days <= 0 || days > MAX_BACKTEST_DAYS) {
    const message = `after \`from\`, and at most ${MAX_BACKTEST_DAYS} days after it`;
    throw new ProblemError('unprocessable', `\`to\` must be ${message}.`, {
      errors: [{ pointer: '/to', code: 'unprocessable', message }],
    });
  }
  return { from, to };
}

/** The definition that is tried, as if it had been published. */
async function testedDefinition<K extends TestedKind>(
  call: BacktestCall<K>,
  types: DefinitionTypes,
  kind: K,
  rulebook: Rulebook,
): Promise<DefinitionKinds[K]> {
  const { table } = call.platform;
  const { version, definition } = call.body;
  const { id } = call.params;
  const found = await getDefinition(table, call.scope, kind, id);
  if (found === undefined) throw notFound();
  if ('for' in found && isForTeams(found)) {
    const why =
      'A mission for teams is not tried on the past: players are tried one by one, and no team is among them.';
    throw new ProblemError('unprocessable', why);
  }
  const managed = publishedFields(call, id, found, rulebook, { status: 'published', running: 'keep', draft: 'ends' });
  if (definition !== undefined) return types[kind].build(definition, managed);
  if (version !== undefined) {
    const old = await getVersion(table, call.scope, kind, id, version);
    if (old === undefined) throw new ProblemError('unprocessable', `There is no version ${version} of it.`);
    return { ...old, ...managed };
  }
  const draft =
    found.status === 'draft' ? found : found.draft ? await getDraft(table, call.scope, kind, id) : undefined;
  if (draft === undefined) throw new ProblemError('unprocessable', 'There is no draft of it that waits.');
  return { ...draft, ...managed };
}

/**
 * A past rulebook with what is tried in it. What users were declared to have is taken as it is now, by which the
 * conditions of what is tried were checked; a value that somebody did not have yet makes them not hold.
 */
function rulesetWith<K extends TestedKind>(
  past: Rulebook,
  { userAttributes }: Rulebook,
  kind: K,
  definition: DefinitionKinds[K],
): Ruleset {
  // A streak that is tried goes by what is tried alone, whatever version a run was on then.
  const isTried = (one: { readonly id: string }) => kind === 'streaks' && one.id === definition.id;
  const { definitions } = past;
  const streakVersions = definitions.streakVersions.filter((one) => !isTried(one));
  const base =
    kind !== 'streaks' && past.userAttributes === userAttributes
      ? past
      : rulebookOf(past.version, { ...definitions, streakVersions }, userAttributes);
  return supposed(base, [{ kind, definition }]).ruleset;
}

/** The rules that share something among all players. */
function sharingIn({ definitions }: Rulebook): string[] {
  return definitions.rewardRules.flatMap(({ id, budget, caps }) =>
    budget === undefined && caps?.total === undefined ? [] : [id],
  );
}

/** What decides entries with what is tried. */
interface Trying {
  readonly rulesetOf: (version: number) => Ruleset;
  /** The rules that may ask for something that they share among all players. */
  readonly sharing: ReadonlySet<string>;
}

/** The rulesets of entries, each with what is tried in it: each is compiled once. */
function tryingIn<K extends TestedKind>(call: CallContext, now: Rulebook, kind: K, definition: DefinitionKinds[K]) {
  const compiled = new Map<number, Ruleset>();
  const sharing = new Set(kind === 'rewardRules' ? [definition.id] : []);
  return async (entries: readonly Entry[]): Promise<Trying> => {
    for (const version of new Set(entries.map(({ ruleset }) => ruleset))) {
      if (compiled.has(version)) continue;
      const past = await call.platform.rulebooks(call.scope, version);
      compiled.set(version, rulesetWith(past, now, kind, definition));
      for (const rule of sharingIn(past)) sharing.add(rule);
    }
    const rulesetOf = (version: number) => {
      const ruleset = compiled.get(version);
      if (ruleset === undefined) throw new Error(`ruleset ${version} was not read`);
      return ruleset;
    };
    return { rulesetOf, sharing };
  };
}

/**
 * An entry as what is tried takes it: with its dates in every zone that is counted in, and without what the tried rule
 * was answered of its budget and its caps over all players, which it is to be asked anew.
 */
function fitted(entry: Entry, ruleset: Ruleset, { kind, id }: Tested): Entry {
  const missing = zonesOf(ruleset, entry.userZone).filter((zone) => !Object.hasOwn(entry.stamps, zone));
  const stamps = { ...entry.stamps, ...stampsOf(entry.occurredAt, missing) };
  if (kind !== 'rule' || entry.verdicts === undefined) return { ...entry, stamps };
  const others = Object.entries(entry.verdicts).filter(([about]) => !about.startsWith(`${id}@`));
  return { ...entry, stamps, verdicts: Object.fromEntries(others) };
}

function orRefuse<Folded extends { readonly kind: 'folded' | 'tried' }>(folded: Folded | Refusal): Folded {
  if (folded.kind === 'refused') throw new ProblemError('unprocessable', `It cannot be tried: ${folded.detail}.`);
  return folded;
}

/** What one player's history comes to, and how many of its entries were folded. */
interface PlayerTrials {
  readonly trials: readonly Trial[];
  readonly events: number;
  readonly folded: number;
  /** How often what is tried was not borne by its own pool. */
  readonly withheld: number;
}

const NOBODY: PlayerTrials = { trials: [], events: 0, folded: 0, withheld: 0 };

async function trialsOf(
  call: CallContext,
  userId: string,
  { from, to }: Interval,
  zone: string,
  tested: Tested,
  trying: ReturnType<typeof tryingIn>,
  pools: TrialPools,
): Promise<PlayerTrials> {
  const sheet = await getSheet(call.platform.table, call.scope, userId);
  const view = storedView(call, userId, sheet);
  if (isClosed(sheet.snapshots, { at: from, id: '' })) orRefuse<never>(PAST_CLOSED);
  const { state, lines } = await baseOf(view, { at: from, id: '' });
  const counting = lines.flatMap(({ entry, voided }) => (voided === null ? [entry] : []));
  const inside = counting.filter(({ occurredAt }) => occurredAt >= from && occurredAt < to);
  if (inside.length === 0) return NOBODY;
  const before = counting.filter(({ occurredAt }) => occurredAt < from);
  const rulesetOf = await rulesetsOf(call, [...before, ...inside]);
  const earlier = await pastOf(call, view, state, [...before, ...inside], rulesetOf);
  const { state: start, past } = orRefuse(foldStretch(state, before, rulesetOf, undefined, earlier, true));
  const without = orRefuse(foldStretch(start, inside, rulesetOf, undefined, past));
  const { rulesetOf: trialOf, sharing } = await trying(inside);
  const fitting = inside.map((entry) => fitted(entry, trialOf(entry.ruleset), tested));
  const isForTeams = ({ team, ruleset }: Entry) => team === undefined && trialOf(ruleset).countsTeams;
  const entries = fitting.some(isForTeams) ? await withTeams(call, { countsTeams: true }, userId, fitting) : fitting;
  const tried = orRefuse(foldTrial(start, entries, trialOf, await pools.now(sharing), past));
  pools.draw(tried.draws);
  const trials = inside.flatMap(({ occurredAt }, place): Trial[] => {
    const [one, other] = [without.outcomes[place], tried.outcomes[place]];
    if (one === undefined || other === undefined) return [];
    return [{ day: civilStamp(occurredAt, zone).day, without: one, tried: other }];
  });
  const events = inside.filter(({ act }) => act === null).length;
  const withheld = tested.kind === 'rule' ? tried.refused.filter(({ rule }) => rule === tested.id).length : 0;
  return { trials, events, folded: earlier.length + before.length + 2 * inside.length, withheld };
}

/** The handler that tries definitions of a kind on the past. It writes nothing. */
export function backtestHandler<K extends TestedKind>(types: DefinitionTypes, kind: K) {
  return async (call: BacktestCall<K>): Promise<{ body: Backtest }> => {
    const interval = intervalOf(call);
    await settledRuleset(call.platform.table, call.scope);
    const [{ zone }, now] = await Promise.all([workspaceOf(call), call.platform.rulebooks(call.scope)]);
    const definition = await testedDefinition(call, types, kind, now);
    judgeOf(types, supposed(now, [{ kind, definition }])).sound(kind, definition);
    const tested: Tested = { kind: testedKinds[kind], id: definition.id };
    const trying = tryingIn(call, now, kind, definition);

    const { version, definition: own } = call.body;
    const filters = { ...interval, id: definition.id, version, own };
    const binding = { scope: call.scope, route: call.route, filters };
    const { limit, cursor } = call.query;
    const [after, drawn]: readonly string[] =
      cursor === undefined ? [] : JSON.parse(call.platform.cursors.read(binding, cursor));
    const pools = trialPools(call, tested.kind === 'rule' ? tested.id : null, drawn);

    const all: Trial[] = [];
    const results: Backtest['results'] = [];
    const seen = { looked: 0, players: 0, events: 0, folded: 0, withheld: 0 };
    let last: string | undefined;
    let next: string | null = null;
    for await (const { value: user, position } of scanUsers(call.platform.table, call.scope, after)) {
      if (last !== undefined && (seen.looked === limit || seen.folded >= MOST_ENTRIES)) {
        next = last;
        break;
      }
      const trialsOfUser = await trialsOf(call, user.id, interval, zone, tested, trying, pools);
      const { trials, events, folded, withheld } = trialsOfUser;
      all.push(...trials);
      results.push(...resultsOf(tested, trials).map((result) => ({ userId: user.id, ...result })));
      seen.looked += 1;
      seen.players += trials.length > 0 ? 1 : 0;
      seen.events += events;
      seen.folded += folded;
      seen.withheld += withheld;
      last = position;
    }
    const { looked, players, events, withheld } = seen;
    const days = daysOf(tested, all).map((day) => ({ ...day, amounts: [...day.amounts] }));
    return {
      body: {
        definition: { id: definition.id, version: definition.version },
        ...interval,
        zone,
        looked,
        players,
        events,
        withheld,
        ...timesOf(tested, all),
        amounts: amountsOf(tested, all),
        days,
        results,
        nextCursor:
          next === null ? null : call.platform.cursors.write(binding, JSON.stringify([next, pools.written()])),
      },
    };
  };
}
