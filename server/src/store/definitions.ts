import type { Activity } from '@laurel/contract/activities/schema';
import type { Currency } from '@laurel/contract/currencies/schema';
import type { Leaderboard } from '@laurel/contract/leaderboards/schema';
import type { League } from '@laurel/contract/leagues/schema';
import type { Mission } from '@laurel/contract/missions/schema';
import type { RewardRule } from '@laurel/contract/reward-rules/schema';
import type { Streak } from '@laurel/contract/streaks/schema';
import { compileRuleset, type Definitions, type Ruleset } from '../domain/index.ts';
import { conditionOf } from '../expressions/index.ts';
import { putNew, putVersion, type Write } from './commit.ts';
import { afterOf, filteredListing, type Listing, type Reach, sortKeyOf } from './listing.ts';
import { type Key, keyOf, type Scope, sortableNumber, sortPrefix } from './scope.ts';
import { getItem, queryItems, recordOf, type Table } from './table.ts';

/** The kinds of definition, by the name of their resource, and what each one is. */
export interface DefinitionKinds {
  activities: Activity;
  currencies: Currency;
  leaderboards: Leaderboard;
  leagues: League;
  missions: Mission;
  rewardRules: RewardRule;
  streaks: Streak;
}

export type DefinitionKind = keyof DefinitionKinds;

/** Any definition. */
export type Definition = DefinitionKinds[DefinitionKind];

function headKey(scope: Scope, kind: DefinitionKind, id: string): Key {
  return keyOf(scope, ['DEFINITIONS', kind], ['HEAD', id]);
}

function versionKey(scope: Scope, kind: DefinitionKind, id: string, version: number): Key {
  return keyOf(scope, ['DEFINITIONS', kind], ['VERSION', id, sortableNumber(version)]);
}

function rulesetKey(scope: Scope): Key {
  return keyOf(scope, ['RULESET'], ['HEAD']);
}

/** Saves a version of a definition as the one at work; the version before it must be the latest. */
export function saveDefinition(
  table: Table,
  scope: Scope,
  kind: DefinitionKind,
  record: Definition,
): Write<'already_exists' | 'version_mismatch'>[] {
  const head = { ...headKey(scope, kind, record.id), version: record.version, record };
  const version = { ...versionKey(scope, kind, record.id, record.version), record };
  const { pk, sk } = rulesetKey(scope);
  const refusal = record.version === 1 ? 'already_exists' : 'version_mismatch';
  return [
    { item: putVersion(table, head, record.version - 1), refusal },
    { item: putNew(table, version), refusal },
    {
      item: {
        Update: {
          TableName: table.name,
          Key: { pk, sk },
          UpdateExpression: 'ADD #version :one',
          ExpressionAttributeNames: { '#version': 'version' },
          ExpressionAttributeValues: { ':one': 1 },
        },
      },
    },
  ];
}

/** Reads a definition as it is now. */
export async function getDefinition<K extends DefinitionKind>(
  table: Table,
  scope: Scope,
  kind: K,
  id: string,
): Promise<DefinitionKinds[K] | undefined> {
  const item = await getItem(table, headKey(scope, kind, id));
  return item && recordOf<DefinitionKinds[K]>(item);
}

/** Lists the definitions of a kind, by id. */
export function listDefinitions<K extends DefinitionKind>(
  table: Table,
  scope: Scope,
  kind: K,
  reach: Reach,
  keep: (definition: DefinitionKinds[K]) => boolean,
): Promise<Listing<DefinitionKinds[K]>> {
  const { pk } = headKey(scope, kind, 'x');
  return filteredListing(
    reach,
    (limit, after) =>
      queryItems(table, {
        partition: pk,
        prefix: sortPrefix(['HEAD']),
        limit,
        ...afterOf({ limit, after }),
      }),
    sortKeyOf,
    recordOf<DefinitionKinds[K]>,
    keep,
  );
}

async function readAll<K extends DefinitionKind>(
  table: Table,
  scope: Scope,
  kind: K,
  part: 'HEAD' | 'VERSION' = 'HEAD',
): Promise<DefinitionKinds[K][]> {
  const { pk } = headKey(scope, kind, 'x');
  const items = await queryItems(table, { partition: pk, prefix: sortPrefix([part]) });
  return items.map(recordOf<DefinitionKinds[K]>);
}

/** A workspace's published definitions at one moment, and the ruleset that they compile to. */
export interface Rulebook {
  /** Counts up with every definition that is saved. */
  readonly version: number;
  readonly definitions: Definitions;
  /** A version of a mission, however old; players keep the one that they started on. */
  readonly missionVersion: (id: string, version: number) => Mission | undefined;
  readonly ruleset: Ruleset;
}

async function readRulebook(table: Table, scope: Scope, version: number): Promise<Rulebook> {
  const [activities, currencies, leaderboards, leagues, missions, missionVersions, rewardRules, streaks] =
    await Promise.all([
      readAll(table, scope, 'activities'),
      readAll(table, scope, 'currencies'),
      readAll(table, scope, 'leaderboards'),
      readAll(table, scope, 'leagues'),
      readAll(table, scope, 'missions'),
      readAll(table, scope, 'missions', 'VERSION'),
      readAll(table, scope, 'rewardRules'),
      readAll(table, scope, 'streaks'),
    ]);
  const definitions = {
    activities,
    currencies,
    leaderboards,
    leagues,
    missions,
    missionVersions,
    rewardRules,
    streaks,
  };
  const byVersion = new Map(missionVersions.map((mission) => [`${mission.id}@${mission.version}`, mission]));
  const missionVersion = (id: string, number: number) => byVersion.get(`${id}@${number}`);
  return { version, definitions, missionVersion, ruleset: compileRuleset(version, definitions, conditionOf) };
}

/** Reads the rulebook of a workspace as it is now. */
export type RulebookReader = (scope: Scope) => Promise<Rulebook>;

/**
 * Makes a reader that keeps up to `max` rulebooks. Each read asks the table for the current version (one small item),
 * so that what is published is at work with the next event.
 */
export function createRulebookReader(table: Table, max = 500): RulebookReader {
  const kept = new Map<string, Rulebook>();
  return async (scope) => {
    const key = rulesetKey(scope);
    const head = await getItem(table, key);
    const version = Number(head?.version ?? 0);
    const known = kept.get(key.pk);
    if (known?.version === version) return known;
    const rulebook = await readRulebook(table, scope, version);
    kept.delete(key.pk);
    kept.set(key.pk, rulebook);
    const oldest = kept.keys().next();
    if (kept.size > max && oldest.done !== true) kept.delete(oldest.value);
    return rulebook;
  };
}
