import {
  drawn,
  type Entry,
  isPaid,
  judgeAsk,
  type Pool,
  type PoolAsk,
  type PoolVerdict,
  UNTOUCHED,
} from '../domain/index.ts';
import type { HistoryLine } from '../store/history.ts';
import type { PlayerView } from './player-view.ts';
import { type Gift, shelvesOf } from './shelves.ts';

/** Something that a fold asked of what all players share, and the entry that asked. */
interface Asked {
  readonly entry: string;
  readonly ask: PoolAsk;
}

/** The answers to what folds of a history ask: each is given once, and kept with the entry. */
export interface Answers {
  /** An entry with the answers that it was given. */
  readonly answered: (entry: Entry) => Entry;
  /** The entries that were given answers. */
  readonly entries: ReadonlySet<string>;
  /** What is to be drawn from the pools for them. */
  readonly draws: readonly PoolAsk[];
  /** What is to be taken out of the catalogue for them. */
  readonly gifts: readonly Gift[];
}

/**
 * Folds, and answers what was asked, until nothing is asked any more. What was answered anywhere in the stretch before
 * is answered the same again, and drawn for no more: a reward that a late event moves to another entry is paid for.
 * @param fold folds with the answers that there are, and tells what was asked, in the order of the history
 */
export async function foldWithAnswers<Folded>(
  view: PlayerView,
  lines: readonly HistoryLine[],
  fold: (answered: Answers['answered']) => { readonly folded: Folded; readonly asked: readonly Asked[] },
): Promise<{ readonly folded: Folded; readonly answers: Answers }> {
  const known = new Map(lines.flatMap(({ entry }) => Object.entries(entry.verdicts ?? {})));
  const verdicts = new Map<string, Record<string, PoolVerdict>>();
  const pools = new Map<string, Pool>();
  const shelves = shelvesOf(view);
  const draws: PoolAsk[] = [];
  const answered = (entry: Entry): Entry => {
    const own = verdicts.get(entry.id);
    return own === undefined ? entry : { ...entry, verdicts: { ...entry.verdicts, ...own } };
  };
  for (;;) {
    const { folded, asked } = fold(answered);
    if (asked.length === 0) {
      const { gifts } = shelves;
      return { folded, answers: { answered, entries: new Set(verdicts.keys()), draws, gifts } };
    }
    const unread = asked.flatMap(({ ask: { rule } }) => (rule === null || pools.has(rule) ? [] : [rule]));
    if (unread.length > 0) for (const [rule, pool] of await view.pools(unread)) pools.set(rule, pool);
    await shelves.read(asked.map(({ ask }) => ask).filter(({ key }) => !known.has(key)));
    for (const { entry, ask: whole } of asked) {
      const ask = shelves.anew(whole);
      const pool = (ask.rule === null ? undefined : pools.get(ask.rule)) ?? UNTOUCHED;
      const before = known.get(ask.key);
      const verdict = before ?? judgeAsk(pool, shelves.now(), ask);
      verdicts.set(entry, { ...verdicts.get(entry), [ask.key]: verdict });
      known.set(ask.key, verdict);
      if (isPaid(verdict) && before === undefined) {
        if (ask.rule !== null) pools.set(ask.rule, drawn(pool, ask));
        draws.push(ask);
        shelves.take(ask);
      }
      // What comes after was asked as if this had been paid: it is folded again first.
      if (!isPaid(verdict)) break;
    }
  }
}
