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
  /** No span reaches over a period of {@link StreakPage.cuts}. */
  readonly spans: readonly Span[];
  /** The periods before which a run ends that was not missed: those after it begin another. Absent is none. */
  readonly cuts?: readonly number[];
}

/** The latest pages stay in the hot state: as far back as anything can still change. */
const HOT_PAGES = 2;

const NONE: Chain = { run: null, longest: 0 };

/** The page that a period stands on. */
export function pageOf(period: number): number {
  return Math.floor(period / PAGE);
}

/** The pages with a run that ends before a period, whatever is marked there. */
export function cutBefore(pages: readonly StreakPage[], period: number): readonly StreakPage[] {
  if (isCut(pages, period)) return pages;
  const cut = onPage(pages, pageOf(period), (page) => {
    const cuts = [...(page.cuts ?? []), period].toSorted((a, b) => a - b);
    return { ...page, cuts, spans: page.spans.flatMap((span) => parted(span, cuts)) };
  });
  return chained(cut);
}

/** Whether a run was ended before a period. */
export function isCut(pages: readonly StreakPage[], period: number): boolean {
  return pages.some(({ page, cuts }) => page === pageOf(period) && cuts?.includes(period) === true);
}

/** Whether a run was ended before a period of an interval. */
export function isCutWithin(pages: readonly StreakPage[], [from, to]: Run): boolean {
  return pages.some(({ cuts = [] }) => cuts.some((period) => from <= period && period <= to));
}

/** A span as those that it falls into, none of which reaches over a cut. */
function parted([from, to, mark]: Span, cuts: readonly number[]): Span[] {
  const begins = [from, ...cuts.filter((period) => from < period && period <= to)];
  return begins.map((begin, index): Span => [begin, (begins[index + 1] ?? to + 1) - 1, mark]);
}

function extend({ run, longest }: Chain, [from, to, mark]: Span, cuts: readonly number[]): Chain {
  const joined = run !== null && run.held === from - 1 && !cuts.includes(from) ? run : null;
  if (mark !== 'counted') return joined === null ? { run, longest } : { run: { ...joined, held: to }, longest };
  const days = to - from + 1;
  const next =
    joined === null ? { from, to, held: to, count: days } : { ...joined, to, held: to, count: joined.count + days };
  return { run: next, longest: Math.max(longest, next.count) };
}

/** The chain at the end of some pages. */
export function chainAfter(pages: readonly StreakPage[]): Chain {
  const before = pages[0]?.before ?? NONE;
  return placed(pages).reduce((chain, { span, cuts }) => extend(chain, span, cuts), before);
}

/** The spans of pages, each with the cuts of its page. */
function placed(pages: readonly StreakPage[]): readonly { readonly span: Span; readonly cuts: readonly number[] }[] {
  return pages.flatMap(({ spans, cuts = [] }) => spans.map((span) => ({ span, cuts })));
}

/** The runs that touch some pages, in order, each counted from its beginning. */
export function runsIn(pages: readonly StreakPage[]): readonly StreakRun[] {
  let chain = pages[0]?.before ?? NONE;
  const runs = chain.run === null ? [] : [chain.run];
  for (const { span, cuts } of placed(pages)) {
    chain = extend(chain, span, cuts);
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
      return onPage(all, page, (one) => ({ ...one, spans: lay(one.spans, cut, one.cuts ?? []) }));
    }, pages);
  return chained(marked);
}

function onPage(
  pages: readonly StreakPage[],
  number: number,
  change: (page: StreakPage) => StreakPage,
): readonly StreakPage[] {
  const at = pages.findIndex(({ page }) => page >= number);
  const found = pages[at];
  if (found?.page === number) return pages.with(at, change(found));
  const added = change({ page: number, before: NONE, spans: [] });
  return pages.toSpliced(at === -1 ? pages.length : at, 0, added);
}

/** Spans with one more on top: what it covers is gone, and neighbours of one mark are one, unless a run was cut there. */
function lay(spans: readonly Span[], [from, to, what]: Span, cuts: readonly number[]): readonly Span[] {
  const left = spans.flatMap(([a, b, m]): Span[] => (a < from ? [[a, Math.min(b, from - 1), m]] : []));
  const right = spans.flatMap(([a, b, m]): Span[] => (b > to ? [[Math.max(a, to + 1), b, m]] : []));
  const all: Span[] = [];
  for (const span of [...left, ...parted([from, to, what], cuts), ...right]) {
    const before = all.at(-1);
    const joins = before?.[2] === span[2] && before[1] === span[0] - 1 && !cuts.includes(span[0]);
    if (joins) all[all.length - 1] = [before[0], span[1], span[2]];
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
