type Cell = string | number | null;

/** A report, or a part of one. */
interface Report<Row> {
  readonly complete: boolean;
  readonly players: { readonly looked: number; readonly members: number } | null;
  readonly rows: Row[];
  readonly nextPart: string | null;
}

/** Numbers that tell rows apart, and are not counted. */
const NAMES = new Set(['version', 'step', 'length']);

const isCounted = (name: string, cell: Cell): cell is number => typeof cell === 'number' && !NAMES.has(name);

function addUp<Row extends { [name in keyof Row]: Cell }>(rows: readonly Row[]): Row[] {
  const sums = new Map<string, Row>();
  for (const row of rows) {
    const cells = Object.entries<Cell>(row);
    const key = JSON.stringify(cells.filter(([name, cell]) => !isCounted(name, cell)));
    const before = sums.get(key);
    const known = new Map(before === undefined ? [] : Object.entries<Cell>(before));
    const added = cells.map(([name, cell]) => {
      const sum = known.get(name);
      return [name, isCounted(name, cell) && typeof sum === 'number' ? sum + cell : cell] as const;
    });
    sums.set(key, { ...row, ...Object.fromEntries(added) });
  }
  return [...sums.values()];
}

/**
 * All of a report of analytics. One on a segment comes in parts where there are many users: this asks for each, and adds
 * them up, row by row of the same day and thing, the first seen first.
 *
 * @example
 * const report = await wholeReport(laurel.analytics.overview, { from: '2026-11-01', to: '2026-11-30', segment: 'vips' });
 */
export async function wholeReport<
  Query extends { part?: string | undefined },
  Row extends { [name in keyof Row]: Cell },
  Answer extends Report<Row>,
>(ask: (query: Query) => PromiseLike<Answer & Report<Row>>, query: Query): Promise<Answer> {
  const first = await ask(query);
  const rows = [...first.rows];
  let { players, nextPart } = first;
  if (nextPart === null) return first;
  while (nextPart !== null) {
    const part: Answer & Report<Row> = await ask({ ...query, part: nextPart });
    rows.push(...part.rows);
    players = sumOf(players, part.players);
    ({ nextPart } = part);
  }
  return { ...first, complete: true, players, rows: addUp(rows), nextPart };
}

function sumOf(a: Report<never>['players'], b: Report<never>['players']): Report<never>['players'] {
  if (a === null || b === null) return a ?? b;
  return { looked: a.looked + b.looked, members: a.members + b.members };
}
