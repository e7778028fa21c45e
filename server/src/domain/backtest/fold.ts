import { decide, type Outcome } from '../fold/decide.ts';
import type { Entry } from '../fold/entry.ts';
import { pastEntry } from '../fold/history.ts';
import type { Past } from '../mission/recount.ts';
import type { PlayerState } from '../player.ts';
import type { Refusal } from '../refusal.ts';
import { drawn, isPaid, judgeAsk, type Pool, type PoolAsk, type PoolVerdict, UNTOUCHED } from '../reward/pool.ts';
import type { Shelf } from '../reward/shelf.ts';
import type { Ruleset } from '../ruleset.ts';

/** A stretch of one player's history with what is tried in it, and what that took of what rules share. */
export interface TriedStretch {
  readonly kind: 'tried';
  readonly outcomes: readonly Outcome[];
  /** What was asked of pools and borne by them, in order. */
  readonly draws: readonly PoolAsk[];
  /** What they did not bear. */
  readonly refused: readonly PoolAsk[];
}

/**
 * Folds a stretch with what is tried in it. Whatever it asks of a pool that no entry was answered before is answered at
 * once, entry by entry, by what is left: so a back-test takes one pass, however often a pool refuses.
 * @param pools what rules have paid so far, by rule
 * @param earlier what was folded before the stretch
 */
export function foldTrial(
  base: PlayerState,
  entries: readonly Entry[],
  rulesetOf: (version: number) => Ruleset,
  pools: ReadonlyMap<string, Pool>,
  earlier: readonly Past[],
): TriedStretch | Refusal {
  const answers = answersFrom(entries, pools);
  const outcomes: Outcome[] = [];
  const past = [...earlier];
  let state = base;
  for (const entry of entries) {
    let decision = decide(rulesetOf(entry.ruleset), state, entry, past);
    while (decision.kind === 'decided' && decision.outcome.asks.length > 0) {
      const verdicts = { ...entry.verdicts, ...answers.to(entry, decision.outcome.asks) };
      decision = decide(rulesetOf(entry.ruleset), state, { ...entry, verdicts }, past);
    }
    if (decision.kind === 'refused') return decision;
    state = decision.state;
    outcomes.push(decision.outcome);
    past.push(pastEntry(entry, decision));
  }
  return { kind: 'tried', outcomes, draws: answers.draws, refused: answers.refused };
}

/** A trial takes nothing out of the catalogue, whose stock of then nobody knows: it is taken to bear what is asked of it. */
const NO_SHELVES: ReadonlyMap<string, Shelf> = new Map();

/** Answers what entries ask: as anywhere in the stretch before, or else by what the pools have left. */
function answersFrom(entries: readonly Entry[], pools: ReadonlyMap<string, Pool>) {
  const known = new Map(entries.flatMap(({ verdicts = {} }) => Object.entries(verdicts)));
  const own = new Map<string, Record<string, PoolVerdict>>();
  const left = new Map(pools);
  const draws: PoolAsk[] = [];
  const refused: PoolAsk[] = [];
  const answer = (ask: PoolAsk): PoolVerdict => {
    const pool = (ask.rule === null ? undefined : left.get(ask.rule)) ?? UNTOUCHED;
    const before = known.get(ask.key);
    const verdict = before ?? judgeAsk(pool, NO_SHELVES, { ...ask, items: [] });
    known.set(ask.key, verdict);
    if (!isPaid(verdict)) refused.push(ask);
    else if (before === undefined) {
      if (ask.rule !== null) left.set(ask.rule, drawn(pool, ask));
      draws.push(ask);
    }
    return verdict;
  };
  return {
    draws,
    refused,
    /** The answers to an entry so far. What comes after a refusal was asked as if it had been paid, and is asked again. */
    to({ id }: Entry, asks: readonly PoolAsk[]): Readonly<Record<string, PoolVerdict>> {
      const verdicts = own.get(id) ?? {};
      own.set(id, verdicts);
      for (const ask of asks) {
        const verdict = answer(ask);
        verdicts[ask.key] = verdict;
        if (!isPaid(verdict)) break;
      }
      return verdicts;
    },
  };
}
