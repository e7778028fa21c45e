import type { Run } from '../player.ts';

/**
 * What became of a period: it counted; a freeze was used for it; it was paused; a repair made up for it; or a traveller
 * never had it. A period without a mark was missed, or is not over. Only what counted makes a run longer; any mark
 * holds it together.
 */
export type PeriodMark = 'counted' | 'frozen' | 'paused' | 'repaired' | 'travelled';

/** Neighbouring periods of one mark, both ends included. */
export type Span = readonly [from: number, to: number, mark: PeriodMark];

/** A run: periods that counted, with none missed between them. */
export interface StreakRun {
  /** The first period and the last that counted. */
  readonly from: number;
  readonly to: number;
  /** The last period that holds it together: the end of a pause, a freeze… */
  readonly held: number;
  /** How many periods counted. */
  readonly count: number;
}

/** The latest run up to some period, and the most that any run counted. */
export interface Chain {
  readonly run: StreakRun | null;
  readonly longest: number;
}

/** So many periods stand on one page. */
export const PAGE = 366;

/** The marks of {@link PAGE} periods, and what came before them: the history of a streak, page by page. */
export interface StreakPage {
  readonly page: number;
  readonly before: Chain;
  readonly spans: readonly Span[];
}

/** The latest pages stay in the hot state: as far back as anything can still change. */
const HOT_PAGES = 2;

const NONE: Chain = { run: null, longest: 0 };

/** The page that a period stands on. */
export function pageOf(period: number): number {
  return Math.floor(period / PAGE);
}

function extend({ run, longest }: Chain, [from, to, mark]: Span): Chain {
  const joined = run !== null && run.held === from - 1 ? run : null;
  if (mark !== 'counted') return joined === null ? { run, longest } : { run: { ...joined, held: to }, longest };
  const days = to - from + 1;
  const next =
    joined === null ? { from, to, held: to, count: days } : { ...joined, to, held: to, count: joined.count + days };
  return { run: next, longest: Math.max(longest, next.count) };
}

/** The chain at the end of some pages. */
export function chainAfter(pages: readonly StreakPage[]): Chain {
  const before = pages[0]?.before ?? NONE;
  return pages.flatMap(({ spans }) => spans).reduce(extend, before);
}

/** The runs that touch some pages, in order, each counted from its beginning. */
export function runsIn(pages: readonly StreakPage[]): readonly StreakRun[] {
  let chain = pages[0]?.before ?? NONE;
  const runs = chain.run === null ? [] : [chain.run];
  for (const span of pages.flatMap(({ spans }) => spans)) {
    chain = extend(chain, span);
    if (chain.run === null) continue;
    if (runs.at(-1)?.from === chain.run.from) runs.pop();
    runs.push(chain.run);
  }
  return runs;
}

/** The mark of a period; undefined where it has none. */
export function markAt(pages: readonly StreakPage[], period: number): PeriodMark | undefined {
  const page = pages.find((one) => one.page === pageOf(period));
  return page?.spans.find(([from, to]) => from <= period && period <= to)?.[2];
}

/** The stretches of an interval that have no mark. */
export function unmarked(pages: readonly StreakPage[], [from, to]: Run): readonly Run[] {
  const free: Run[] = [];
  let next = from;
  for (const [first, last] of pages.flatMap(({ spans }) => spans)) {
    if (last < next) continue;
    if (first > to) break;
    if (first > next) free.push([next, first - 1]);
    next = last + 1;
  }
  if (next <= to) free.push([next, to]);
  return free;
}

/** The pages with a mark on every period of a span, whatever was there; the history before the oldest page stands. */
export function mark(pages: readonly StreakPage[], [from, to, what]: Span): readonly StreakPage[] {
  const [first, last] = [pageOf(from), pageOf(to)];
  const numbers = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  const oldest = pages.length < HOT_PAGES ? Number.NEGATIVE_INFINITY : (pages[0]?.page ?? Number.NEGATIVE_INFINITY);
  const marked = numbers
    .filter((page) => page >= oldest)
    .reduce((all, page) => {
      const cut: Span = [Math.max(from, page * PAGE), Math.min(to, (page + 1) * PAGE - 1), what];
      return onPage(all, page, (spans) => lay(spans, cut));
    }, pages);
  return chained(marked);
}

function onPage(
  pages: readonly StreakPage[],
  number: number,
  change: (spans: readonly Span[]) => readonly Span[],
): readonly StreakPage[] {
  const at = pages.findIndex(({ page }) => page >= number);
  const found = pages[at];
  if (found?.page === number) return pages.with(at, { ...found, spans: change(found.spans) });
  const added = { page: number, before: NONE, spans: change([]) };
  return pages.toSpliced(at === -1 ? pages.length : at, 0, added);
}

/** Spans with one more on top: what it covers is gone, and neighbours of one mark are one. */
function lay(spans: readonly Span[], [from, to, what]: Span): readonly Span[] {
  const left = spans.flatMap(([a, b, m]): Span[] => (a < from ? [[a, Math.min(b, from - 1), m]] : []));
  const right = spans.flatMap(([a, b, m]): Span[] => (b > to ? [[Math.max(a, to + 1), b, m]] : []));
  const all: Span[] = [];
  for (const span of [...left, [from, to, what] as const, ...right]) {
    const before = all.at(-1);
    if (before?.[2] === span[2] && before[1] === span[0] - 1) all[all.length - 1] = [before[0], span[1], span[2]];
    else all.push(span);
  }
  return all;
}

/** Pages that each say what came before them. */
function chained(pages: readonly StreakPage[]): readonly StreakPage[] {
  const linked: StreakPage[] = [];
  for (const page of pages) {
    linked.push(linked.length === 0 ? page : { ...page, before: chainAfter(linked.slice(-1)) });
  }
  return linked;
}

/** The latest pages: those that stay in the hot state. */
export function hotPages(pages: readonly StreakPage[]): readonly StreakPage[] {
  return pages.slice(-HOT_PAGES);
}
