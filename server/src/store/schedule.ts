import { put, type Write } from './commit.ts';
import { indexKeyOf, type Key, keyOf, platformScope, type Scope, sortPrefix } from './scope.ts';
import { getItem, type Item, queryItems, recordOf, SHARDS, shardOf, type Table } from './table.ts';

/** What one due item is known by: scheduling it again moves it. */
export interface DueName {
  /** Which handler runs it, such as `mission.opened`. */
  readonly kind: string;
  /** The id of what it is due for. */
  readonly subject: string;
}

/** Something that is to happen at a time. */
export interface DueItem extends DueName {
  /** RFC 3339 in UTC with milliseconds: it sorts as text. */
  readonly at: string;
  /** What its handler must know besides. */
  readonly details?: Readonly<Record<string, string>>;
}

/** A due item where it stands in line, with how often it has failed. */
export interface QueuedItem extends DueItem {
  readonly failures: number;
}

/**
 * An item is two: the NAME says when it is due, and there is one for each name; the TURN stands in the order of time.
 * Scheduling puts both without reading, so that it fits into any transaction; a turn that is not the one its name
 * tells was moved or called off, and is swept away when its time comes.
 */
function partition(item: DueName): readonly string[] {
  return ['DUE', String(shardOf(item.subject))];
}

function nameKey(scope: Scope, { kind, subject }: DueName): Key {
  return keyOf(scope, partition({ kind, subject }), ['NAME', kind, subject]);
}

function turnKey(scope: Scope, item: DueItem): Key {
  return keyOf(scope, partition(item), ['TURN', item.at, item.kind, item.subject]);
}

/** The cell's line of all that is due in all workspaces: how the scheduler finds work without asking each of them. */
function lineKey(shard: number, sort: readonly string[]) {
  return indexKeyOf(platformScope(), ['DUE', String(shard)], sort);
}

function turnItem(scope: Scope, item: DueItem): Item {
  const { at, kind, subject } = item;
  const sort = [at, scope.tenant, scope.workspace, kind, subject];
  const record: QueuedItem = { ...item, failures: 0 };
  return { ...turnKey(scope, item), ...lineKey(shardOf(subject), sort), record };
}

/** When an item is due, and by which call, where it was called at all. */
interface NameRecord {
  readonly at: string;
  /** A text that is another one with each call. */
  readonly call?: string;
}

/**
 * Schedules an item; one of the same kind and subject is moved.
 * @param call names this call, where the item may be called again while its turn is being run: see `callOf`
 */
export function putDue(table: Table, scope: Scope, item: DueItem, call?: string): Write[] {
  const record: NameRecord = { at: item.at, ...(call === undefined ? {} : { call }) };
  return [{ item: put(table, { ...nameKey(scope, item), record }) }, { item: put(table, turnItem(scope, item)) }];
}

/** Calls an item that is due by then anyhow: it stays where it is, and its turn does not end unheard. */
export function callDue(table: Table, scope: Scope, item: DueItem, call: string): Write<'not_due'>[] {
  const { pk, sk } = nameKey(scope, item);
  const update = {
    Update: {
      TableName: table.name,
      Key: { pk, sk },
      UpdateExpression: 'SET #record.#call = :call',
      ConditionExpression: '#record.#at <= :at',
      ExpressionAttributeNames: { '#record': 'record', '#at': 'at', '#call': 'call' },
      ExpressionAttributeValues: { ':call': call, ':at': item.at },
    },
  };
  return [{ item: update, refusal: 'not_due' }];
}

/** Schedules an item that is not due yet, or only later. */
export function bringForward(table: Table, scope: Scope, item: DueItem, call: string): Write<'due_before'>[] {
  const record: NameRecord = { at: item.at, call };
  const name = {
    Put: {
      TableName: table.name,
      Item: { ...nameKey(scope, item), record },
      ConditionExpression: 'attribute_not_exists(pk) OR #record.#at > :at',
      ExpressionAttributeNames: { '#record': 'record', '#at': 'at' },
      ExpressionAttributeValues: { ':at': item.at },
    },
  };
  return [{ item: name, refusal: 'due_before' }, { item: put(table, turnItem(scope, item)) }];
}

/**
 * The latest call of an item, or null. A handler whose turn ends by what it found reads this first, and then looks: a
 * turn that hands it on as `heard` does not end where somebody has called since.
 */
export async function callOf(table: Table, scope: Scope, name: DueName): Promise<string | null> {
  const item = await getItem(table, nameKey(scope, name));
  return (item && recordOf<NameRecord>(item).call) ?? null;
}

/** Calls an item off, if there is one. */
export function dropDue(table: Table, scope: Scope, name: DueName): Write[] {
  const { pk, sk } = nameKey(scope, name);
  return [{ item: { Delete: { TableName: table.name, Key: { pk, sk } } } }];
}

const isThisTurn = {
  ConditionExpression: '#record.#at = :at',
  ExpressionAttributeNames: { '#record': 'record', '#at': 'at' },
};

/** That a name still tells this turn, and that nobody has called it since a call, where that matters. */
function stillThisTurn({ at }: DueItem, heard: string | null | undefined) {
  const values = { ':at': at };
  if (heard === undefined) return { ...isThisTurn, ExpressionAttributeValues: values };
  const names = { ...isThisTurn.ExpressionAttributeNames, '#call': 'call' };
  const uncalled = heard === null ? 'attribute_not_exists(#record.#call)' : '#record.#call = :call';
  return {
    ConditionExpression: `${isThisTurn.ConditionExpression} AND ${uncalled}`,
    ExpressionAttributeNames: names,
    ExpressionAttributeValues: heard === null ? values : { ...values, ':call': heard },
  };
}

/**
 * Takes an item out of line, which nobody else may have done, and schedules what follows from it. `next` may hold the
 * same kind and subject at a later time.
 * @param heard the latest call that the turn has heard; where it is given, a later one keeps the turn from ending
 * @throws RangeError where what follows would come due before the item itself, or at its very turn
 */
export function finishDue(
  table: Table,
  scope: Scope,
  item: DueItem,
  next: readonly DueItem[],
  heard?: string | null,
): Write[] {
  const isSame = (other: DueItem) => other.kind === item.kind && other.subject === item.subject;
  const again = next.find(isSame);
  if (next.some(({ at }) => at < item.at) || again?.at === item.at)
    throw new RangeError(`${item.kind} of ${item.subject} would come due in its own past`);
  const { pk, sk } = nameKey(scope, item);
  const expected = stillThisTurn(item, heard);
  const turn = turnKey(scope, item);
  return [
    again === undefined
      ? { item: { Delete: { TableName: table.name, Key: { pk, sk }, ...expected } }, refusal: 'taken' }
      : {
          item: { Put: { TableName: table.name, Item: { pk, sk, record: { at: again.at } }, ...expected } },
          refusal: 'taken',
        },
    { item: { Delete: { TableName: table.name, Key: { pk: turn.pk, sk: turn.sk } } } },
    ...(again === undefined ? [] : [{ item: put(table, turnItem(scope, again)) }]),
    ...next.filter((other) => !isSame(other)).flatMap((other) => putDue(table, scope, other)),
  ];
}

/** Keeps an item in line, where it still stands: there is more to do at the same turn. */
export function keepDue(table: Table, scope: Scope, item: DueItem): Write[] {
  const { pk, sk } = nameKey(scope, item);
  const check = { TableName: table.name, Key: { pk, sk }, ...stillThisTurn(item, undefined) };
  return [{ item: { ConditionCheck: check }, refusal: 'taken' }];
}

/** Reads when an item is due, and with which details, if it is. */
export async function getDue(table: Table, scope: Scope, name: DueName): Promise<DueItem | undefined> {
  const found = await getItem(table, nameKey(scope, name));
  if (found === undefined) return undefined;
  const { at } = recordOf<{ at: string }>(found);
  const turn = await getItem(table, turnKey(scope, { ...name, at }));
  return turn && recordOf<DueItem>(turn);
}

/** Whether an item is still due at this time: it was neither moved nor called off nor taken. */
export async function isStillDue(table: Table, scope: Scope, item: DueItem): Promise<boolean> {
  const name = await getItem(table, nameKey(scope, item));
  return name !== undefined && recordOf<NameRecord>(name).at === item.at;
}

/** Sweeps away a turn that its name does not tell. */
export function sweepDue(table: Table, scope: Scope, item: DueItem): Write[] {
  const name = nameKey(scope, item);
  const turn = turnKey(scope, item);
  return [
    {
      item: {
        ConditionCheck: {
          TableName: table.name,
          Key: { pk: name.pk, sk: name.sk },
          ConditionExpression: 'attribute_not_exists(pk) OR #record.#at <> :at',
          ExpressionAttributeNames: isThisTurn.ExpressionAttributeNames,
          ExpressionAttributeValues: { ':at': item.at },
        },
      },
      refusal: 'taken',
    },
    { item: { Delete: { TableName: table.name, Key: { pk: turn.pk, sk: turn.sk } } } },
  ];
}

/** Counts that an item has failed; it stays in line. */
export function failDue(table: Table, scope: Scope, item: QueuedItem): Write[] {
  const { pk, sk } = turnKey(scope, item);
  return [
    {
      item: {
        Update: {
          TableName: table.name,
          Key: { pk, sk },
          UpdateExpression: 'SET #record.#failures = :failures',
          ConditionExpression: 'attribute_exists(pk)',
          ExpressionAttributeNames: { '#record': 'record', '#failures': 'failures' },
          ExpressionAttributeValues: { ':failures': item.failures + 1 },
        },
      },
    },
  ];
}

/** Sets an item aside that keeps failing: it is kept, with why, and holds up the others no longer. */
export function parkDue(table: Table, scope: Scope, item: QueuedItem, reason: string): Write[] {
  const key = keyOf(scope, partition(item), ['PARKED', item.at, item.kind, item.subject]);
  return [
    ...finishDue(table, scope, item, []),
    { item: put(table, { ...key, record: { ...item, failures: item.failures + 1, reason } }) },
  ];
}

/** Reads what is due by a time, strongly consistent, in the order of time, kind and subject. */
export async function readDue(table: Table, scope: Scope, until: string, limit: number): Promise<QueuedItem[]> {
  const shards = await Promise.all(
    Array.from({ length: SHARDS }, (_, shard) => {
      const { pk } = keyOf(scope, ['DUE', String(shard)], []);
      return queryItems(table, { partition: pk, prefix: sortPrefix(['TURN']), limit });
    }),
  );
  return shards
    .flat()
    .sort((a, b) => (String(a.sk) < String(b.sk) ? -1 : 1))
    .map(recordOf<QueuedItem>)
    .filter(({ at }) => at <= until)
    .slice(0, limit);
}

/** Whether anything is due in a workspace, at any time. */
export async function hasDue(table: Table, scope: Scope): Promise<boolean> {
  const [first] = await readDue(table, scope, '9999', 1);
  return first !== undefined;
}

/** A workspace in which something is due. */
export interface DueWorkspace {
  readonly tenant: string;
  readonly workspace: string;
}

/** How many turns of each shard are looked at in one go. */
const LOOK = 200;

/** Finds workspaces in which something is due by a time, of those whose turn is longest due; soon, not at once. */
export async function dueWorkspaces(table: Table, until: string): Promise<DueWorkspace[]> {
  const shards = await Promise.all(
    Array.from({ length: SHARDS }, (_, shard) =>
      queryItems(table, { partition: lineKey(shard, []).gsi1pk, index: true, limit: LOOK }),
    ),
  );
  const found = shards.flat().flatMap((item): [string, DueWorkspace][] => {
    const [at = '', tenant = '', workspace = ''] = String(item.gsi1sk).split('#');
    return at <= until ? [[`${tenant}/${workspace}`, { tenant, workspace }]] : [];
  });
  return [...new Map(found).values()];
}

/** Takes the turns of a workspace that are due out of the cell's line: its own time decides when they come. */
export async function leaveLine(table: Table, scope: Scope, until: string): Promise<Write[]> {
  const due = await readDue(table, scope, until, LOOK);
  return due.map((item) => {
    const { pk, sk } = turnKey(scope, item);
    return {
      item: {
        Update: {
          TableName: table.name,
          Key: { pk, sk },
          UpdateExpression: 'REMOVE gsi1pk, gsi1sk',
          ConditionExpression: 'attribute_exists(pk)',
        },
      },
    };
  });
}
