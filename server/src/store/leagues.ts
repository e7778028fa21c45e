import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { CohortOutcome } from '../domain/index.ts';
import { put, putNew, putVersion, type Write } from './commit.ts';
import { type Listing, listing, type Reach } from './listing.ts';
import { indexKeyOf, type Key, keyOf, type Scope, sortableNumber, sortPrefix, sortText } from './scope.ts';
import { getItem, getItems, queryItems, queryShards, recordOf, shardOf, type Table } from './table.ts';

/** A cohort of a week: those who play one another. */
export interface Cohort {
  readonly league: string;
  readonly week: string;
  /** From 0, the lowest. */
  readonly tier: number;
  /** Its number in the tier, from 0. */
  readonly cohort: number;
}

/** A player's place in a week; what it came to is there once the cohort is settled. */
export interface Member extends Cohort {
  readonly userId: string;
  readonly result: { readonly rank: number; readonly score: number; readonly outcome: CohortOutcome } | null;
}

/** What is known of a cohort as a whole. */
export interface CohortHead {
  /** Counts up with every member, and with each step of its settlement. */
  readonly version: number;
  readonly settledAt: string | null;
  /** When the last prize was given. */
  readonly paidAt: string | null;
}

function cohortKey(scope: Scope, cohort: Cohort, sort: readonly string[]): Key {
  const { league, week, tier, cohort: number } = cohort;
  return keyOf(scope, ['COHORT', league, week, String(tier), String(number)], sort);
}

const headKey = (scope: Scope, cohort: Cohort) => cohortKey(scope, cohort, ['HEAD']);

function memberKey(scope: Scope, member: Cohort, userId: string): Key {
  return cohortKey(scope, member, ['MEMBER', userId]);
}

function memberIndexPartition(scope: Scope, league: string, week: string, shard: number): string {
  return indexKeyOf(scope, ['LEAGUE', league, week, String(shard)], []).gsi1pk;
}

function memberItem(scope: Scope, member: Member) {
  const { league, week, tier, cohort, userId } = member;
  const gsi1pk = memberIndexPartition(scope, league, week, shardOf(userId));
  const gsi1sk = sortText([sortableNumber(tier), sortableNumber(cohort), userId]);
  return { ...memberKey(scope, member, userId), gsi1pk, gsi1sk, record: member };
}

function placementKey(scope: Scope, userId: string, league: string, week: string): Key {
  return keyOf(scope, ['U', userId], ['LEAGUE', league, week]);
}

/** Puts a player into a cohort of a week, in which they must be in none, and which must not be settled. */
export function savePlacement(
  table: Table,
  scope: Scope,
  member: Member,
): Write<'already_placed' | 'cohort_settled'>[] {
  const { pk, sk } = headKey(scope, member);
  const { league, week, tier, cohort, userId } = member;
  const placement: Cohort = { league, week, tier, cohort };
  return [
    {
      item: putNew(table, { ...placementKey(scope, userId, league, week), record: placement }),
      refusal: 'already_placed',
    },
    {
      item: {
        Update: {
          TableName: table.name,
          Key: { pk, sk },
          UpdateExpression: 'ADD #version :one',
          ConditionExpression: 'attribute_not_exists(settledAt)',
          ExpressionAttributeNames: { '#version': 'version' },
          ExpressionAttributeValues: { ':one': 1 },
        },
      },
      refusal: 'cohort_settled',
    },
    { item: putNew(table, memberItem(scope, member)), refusal: 'already_placed' },
  ];
}

/** Reads which cohort of a week a player is in. */
export async function getPlacement(
  table: Table,
  scope: Scope,
  userId: string,
  league: string,
  week: string,
): Promise<Cohort | undefined> {
  const item = await getItem(table, placementKey(scope, userId, league, week));
  return item && recordOf<Cohort>(item);
}

/** Reads which of some users are in a cohort of a week. */
export async function placedUsers(
  table: Table,
  scope: Scope,
  userIds: readonly string[],
  league: string,
  week: string,
): Promise<Set<string>> {
  const keys = new Map(userIds.map((userId) => [placementKey(scope, userId, league, week).pk, userId]));
  const items = await getItems(
    table,
    userIds.map((userId) => placementKey(scope, userId, league, week)),
  );
  return new Set(items.flatMap((item) => keys.get(String(item.pk)) ?? []));
}

/** Reads the last cohort that a player was in before a week. */
export async function lastPlacement(
  table: Table,
  scope: Scope,
  userId: string,
  league: string,
  before: string,
): Promise<Cohort | undefined> {
  const { pk, sk } = placementKey(scope, userId, league, before);
  const prefix = sortPrefix(['LEAGUE', league]);
  const items = await queryItems(table, { partition: pk, prefix, after: sk, descending: true, limit: 1 });
  const [item] = items.filter((one) => String(one.sk).startsWith(prefix));
  return item && recordOf<Cohort>(item);
}

/** Reads one member of a cohort. */
export async function getMember(
  table: Table,
  scope: Scope,
  cohort: Cohort,
  userId: string,
): Promise<Member | undefined> {
  const item = await getItem(table, memberKey(scope, cohort, userId));
  return item && recordOf<Member>(item);
}

/** Reads a cohort: what is known of it, then its members. None has joined meanwhile if its version is still the same. */
export async function getCohort(
  table: Table,
  scope: Scope,
  cohort: Cohort,
): Promise<{ readonly head: CohortHead; readonly members: readonly Member[] }> {
  const head = await getItem(table, headKey(scope, cohort));
  const prefix = sortPrefix(['MEMBER']);
  const items = await queryItems(table, { partition: headKey(scope, cohort).pk, prefix });
  return {
    head: {
      version: Number(head?.version ?? 0),
      settledAt: head?.settledAt === undefined ? null : String(head.settledAt),
      paidAt: head?.paidAt === undefined ? null : String(head.paidAt),
    },
    members: items.map(recordOf<Member>),
  };
}

/** Writes what a cohort as a whole has come to, in place of the version that was read. */
export function saveHead(
  table: Table,
  scope: Scope,
  cohort: Cohort,
  { version, settledAt, paidAt }: CohortHead,
): Write<'cohort_moved'> {
  const marks = { ...(settledAt === null ? {} : { settledAt }), ...(paidAt === null ? {} : { paidAt }) };
  const item = { ...headKey(scope, cohort), version: version + 1, ...marks };
  return { item: putVersion(table, item, version), refusal: 'cohort_moved' };
}

/** Writes what a week came to for a member. */
export function saveMember(table: Table, scope: Scope, member: Member): Write {
  return { item: put(table, memberItem(scope, member)) };
}

/** Lists the members of a week, by tier and cohort. */
export async function listMembers(
  table: Table,
  scope: Scope,
  league: string,
  week: string,
  reach: Reach,
): Promise<Listing<Member>> {
  const items = await queryShards(table, (shard) => memberIndexPartition(scope, league, week, shard), {
    limit: reach.limit + 1,
    ...(reach.after === undefined ? {} : { after: reach.after }),
  });
  return listing(items, reach, (item) => String(item.gsi1sk), recordOf<Member>);
}

function drawKey(scope: Scope, league: string, week: string, tier: number): Key {
  return keyOf(scope, ['LEAGUE', league], ['DRAW', week, sortableNumber(tier)]);
}

/** How the cohorts of a tier are drawn in a week: as the league said when the first player came. */
export interface Draw {
  readonly tier: number;
  /** How many places were given out. One that nobody took stays empty. */
  readonly tickets: number;
  readonly size: number;
  readonly seed: string;
}

/** Takes the next place of a tier in a week: no two players get one. */
export async function takeTicket(
  table: Table,
  scope: Scope,
  { league, week, tier }: Omit<Cohort, 'cohort'>,
  { size, seed }: Pick<Draw, 'size' | 'seed'>,
): Promise<Draw> {
  const { pk, sk } = drawKey(scope, league, week, tier);
  const { Attributes } = await table.client.send(
    new UpdateCommand({
      TableName: table.name,
      Key: { pk, sk },
      UpdateExpression: 'SET #size = if_not_exists(#size, :size), seed = if_not_exists(seed, :seed) ADD tickets :one',
      ExpressionAttributeNames: { '#size': 'size' },
      ExpressionAttributeValues: { ':size': size, ':seed': seed, ':one': 1 },
      ReturnValues: 'ALL_NEW',
    }),
  );
  return drawOf(tier, Attributes ?? {});
}

/** Leaves out the places before one: their cohorts are settled. */
export async function skipTickets(
  table: Table,
  scope: Scope,
  { league, week, tier }: Omit<Cohort, 'cohort'>,
  by: number,
): Promise<void> {
  const { pk, sk } = drawKey(scope, league, week, tier);
  await table.client.send(
    new UpdateCommand({
      TableName: table.name,
      Key: { pk, sk },
      UpdateExpression: 'ADD tickets :by',
      ExpressionAttributeValues: { ':by': by },
    }),
  );
}

function drawOf(tier: number, item: Record<string, unknown>): Draw {
  return { tier, tickets: Number(item.tickets), size: Number(item.size), seed: String(item.seed) };
}

/** Reads the draws of a week, the lowest tier first. */
export async function getDraws(table: Table, scope: Scope, league: string, week: string): Promise<Draw[]> {
  const prefix = sortPrefix(['DRAW', week]);
  const items = await queryItems(table, { partition: drawKey(scope, league, week, 0).pk, prefix });
  return items.map((item) => drawOf(Number(String(item.sk).slice(prefix.length)), item));
}

/** How far the settlement of a week has come. */
export interface Week {
  readonly league: string;
  readonly week: string;
  /** First whoever was left out is placed, then cohorts are settled, then those who wait for it are drawn. */
  readonly stage: 'placing' | 'settling' | 'drawing' | 'settled';
  /** Where in its board the stage is, or how many cohorts it has settled. */
  readonly cursor: string | null;
  readonly cohorts: number;
  readonly players: number;
  readonly settledAt: string | null;
}

function weekKey(scope: Scope, league: string, week: string): Key {
  return keyOf(scope, ['LEAGUE', league], ['WEEK', week]);
}

/** Reads how far the settlement of a week has come, if it has begun. */
export async function getWeek(
  table: Table,
  scope: Scope,
  league: string,
  week: string,
): Promise<{ readonly version: number; readonly week: Week } | undefined> {
  const item = await getItem(table, weekKey(scope, league, week));
  return item && { version: Number(item.version), week: recordOf<Week>(item) };
}

/** Writes the next step of a settlement in place of the version that was read. */
export function saveWeek(table: Table, scope: Scope, version: number, week: Week): Write<'week_moved'> {
  const item = { ...weekKey(scope, week.league, week.week), version: version + 1, record: week };
  return { item: putVersion(table, item, version), refusal: 'week_moved' };
}
