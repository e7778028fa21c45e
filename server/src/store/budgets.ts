import { drawn, type Pool, type PoolAsk, UNTOUCHED } from '../domain/index.ts';
import type { Write } from './commit.ts';
import { type Key, keyOf, type Scope } from './scope.ts';
import { getItems, type Item, type Table } from './table.ts';

/** What the attribute of a currency begins with; ids hold no space. */
const SPENT = 'spent ';

/** What a rule has paid all players, in one item: a condition on it is what keeps a budget. */
function poolKey(scope: Scope, rule: string): Key {
  return keyOf(scope, ['POOL', rule], ['POOL']);
}

function poolOf(item: Item): Pool {
  const spent = Object.entries(item).flatMap(([name, value]) =>
    name.startsWith(SPENT) ? [[name.slice(SPENT.length), Number(value)] as const] : [],
  );
  return { paid: Number(item.paid ?? 0), spent: Object.fromEntries(spent) };
}

/** Reads what rules have paid so far; one that has paid nothing is untouched. */
export async function readPools(table: Table, scope: Scope, rules: readonly string[]): Promise<Map<string, Pool>> {
  const distinct = [...new Set(rules)];
  const byKey = new Map(distinct.map((rule) => [poolKey(scope, rule).pk, rule]));
  const items = await getItems(
    table,
    distinct.map((rule) => poolKey(scope, rule)),
  );
  const found = new Map(items.map((item) => [byKey.get(String(item.pk)) ?? '', poolOf(item)]));
  return new Map(distinct.map((rule) => [rule, found.get(rule) ?? UNTOUCHED]));
}

/** Whether an ask is about the pool of its rule. */
function isBounded({ total, amounts }: PoolAsk): boolean {
  return total !== null || amounts.some(({ amount }) => amount > 0);
}

/** A bound on one attribute of a pool: what is added to it, and what it may hold before that. */
interface Bound {
  readonly attribute: string;
  readonly added: number;
  readonly most: number | null;
}

/** How far each attribute may have come before these draws, so that each of them, one after the other, is borne. */
function boundsOf(draws: readonly PoolAsk[]): readonly Bound[] {
  const bounds = new Map<string, Bound>();
  let sum: Pool = UNTOUCHED;
  const narrow = (attribute: string, added: number, limit: number | null) => {
    const most = limit === null ? null : limit - added;
    const before = bounds.get(attribute)?.most ?? null;
    const least = most === null || before === null ? (most ?? before) : Math.min(most, before);
    bounds.set(attribute, { attribute, added, most: least });
  };
  for (const draw of draws) {
    sum = drawn(sum, draw);
    narrow('paid', sum.paid, draw.total);
    for (const { currency, budget } of draw.amounts) {
      narrow(`${SPENT}${currency}`, sum.spent[currency] ?? 0, budget);
    }
  }
  return [...bounds.values()];
}

/**
 * Draws from the pools of rules, in the transaction that pays. Nothing is written where others have drawn so much
 * meanwhile that a pool does not bear it any more; as long as it does, it makes no difference that they drew.
 */
export function drawFromPools(table: Table, scope: Scope, draws: readonly PoolAsk[]): Write<'pool_moved'>[] {
  return [...Map.groupBy(draws, ({ rule }) => rule)].flatMap(([rule, ofRule]) => {
    // What a rule gives of the catalogue alone is drawn from no pool.
    if (rule === null || !ofRule.some(isBounded)) return [];
    const { pk, sk } = poolKey(scope, rule);
    const bounds = boundsOf(ofRule);
    const conditions = bounds.flatMap(({ most }, place) =>
      most === null ? [] : [`(attribute_not_exists(#a${place}) OR #a${place} <= :most${place})`],
    );
    const limits = bounds.flatMap(({ most }, place) => (most === null ? [] : [[`:most${place}`, most] as const]));
    const added = bounds.map((bound, place) => [`:added${place}`, bound.added] as const);
    return {
      item: {
        Update: {
          TableName: table.name,
          Key: { pk, sk },
          UpdateExpression: `ADD ${bounds.map((_, place) => `#a${place} :added${place}`).join(', ')}`,
          ...(conditions.length === 0 ? {} : { ConditionExpression: conditions.join(' AND ') }),
          ExpressionAttributeNames: Object.fromEntries(bounds.map(({ attribute }, place) => [`#a${place}`, attribute])),
          ExpressionAttributeValues: Object.fromEntries([...limits, ...added]),
        },
      },
      refusal: 'pool_moved',
    };
  });
}
