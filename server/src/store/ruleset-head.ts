import type { Write } from './commit.ts';
import { type Key, keyOf, type Scope } from './scope.ts';
import { getItem, type Table } from './table.ts';

/** Where a workspace's ruleset stands. */
export interface RulesetHead {
  /** Counts up with each change of what is at work; 0 before the first. */
  readonly version: number;
  /** The release that brought this version about and whose definitions are still being written, if there is one. */
  readonly release: string | undefined;
}

function rulesetKey(scope: Scope): Key {
  return keyOf(scope, ['RULESET'], ['HEAD']);
}

/** Reads where the ruleset stands, strongly consistent: one small item. */
export async function getRulesetHead(table: Table, scope: Scope): Promise<RulesetHead> {
  const item = await getItem(table, rulesetKey(scope));
  return {
    version: Number(item?.version ?? 0),
    release: typeof item?.release === 'string' ? item.release : undefined,
  };
}

/**
 * Counts the ruleset up from the version that a change was judged by: whoever is second is refused, and judges anew.
 * So no change is lost, each has a version of its own, and what was checked still holds when it is written.
 */
export function moveRuleset(table: Table, scope: Scope, from: number, release?: string): Write<'ruleset_moved'> {
  const { pk, sk } = rulesetKey(scope);
  const item = {
    Update: {
      TableName: table.name,
      Key: { pk, sk },
      UpdateExpression: `SET #version = :next${release === undefined ? '' : ', #release = :release'}`,
      ConditionExpression:
        from === 0 ? 'attribute_not_exists(pk)' : '#version = :from AND attribute_not_exists(#release)',
      ExpressionAttributeNames: {
        '#version': 'version',
        ...(from === 0 && release === undefined ? {} : { '#release': 'release' }),
      },
      ExpressionAttributeValues: {
        ':next': from + 1,
        ...(from === 0 ? {} : { ':from': from }),
        ...(release === undefined ? {} : { ':release': release }),
      },
    },
  };
  return { item, refusal: 'ruleset_moved' };
}

/** Says that all definitions of a release are written; whoever was quicker has said so already. */
export function closeRelease(table: Table, scope: Scope, release: string): Write<'closed'> {
  const { pk, sk } = rulesetKey(scope);
  const item = {
    Update: {
      TableName: table.name,
      Key: { pk, sk },
      UpdateExpression: 'REMOVE #release',
      ConditionExpression: '#release = :release',
      ExpressionAttributeNames: { '#release': 'release' },
      ExpressionAttributeValues: { ':release': release },
    },
  };
  return { item, refusal: 'closed' };
}
