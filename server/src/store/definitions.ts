import type { LevelTrack } from '@laurel/contract/level-tracks/schema';
import type { Mission } from '@laurel/contract/missions/schema';
import type { Streak } from '@laurel/contract/streaks/schema';
import type { Workspace } from '@laurel/contract/workspaces/schema';
import { compileRuleset, type Ruleset } from '../domain/index.ts';
import { compilersIn } from './compilers.ts';
import { getDeclared } from './declarations.ts';
import { type Definition, type DefinitionKind, type DefinitionKinds, kindNames, readAll } from './definition-items.ts';
import { finishRelease } from './releases.ts';
import { getRulesetHead, type RulesetHead } from './ruleset-head.ts';
import type { Scope } from './scope.ts';
import type { Table } from './table.ts';

/** All that is or was at work in a workspace, archived ones included and drafts never, by kind and in the order of ids. */
export type DefinitionLists = { readonly [K in DefinitionKind]: readonly DefinitionKinds[K][] };

/** A workspace's definitions under one version of its ruleset, and the ruleset that they compile to. */
export interface Rulebook {
  /** The version of the ruleset: counts up with each change of what is at work. */
  readonly version: number;
  readonly definitions: DefinitionLists & {
    /** Every version of every mission up to then, each with `running` and the `ruleset` that it came with. */
    readonly missionVersions: readonly Mission[];
    /** Likewise of every streak. */
    readonly streakVersions: readonly Streak[];
    /** … and of every level track. */
    readonly levelTrackVersions: readonly LevelTrack[];
  };
  /** A version of a mission, however old; players keep the one that they started on. */
  readonly missionVersion: (id: string, version: number) => Mission | undefined;
  readonly ruleset: Ruleset;
  /** What the workspace declares of its users' attributes. */
  readonly userAttributes: Workspace['userAttributes'];
}

/** The rulebook of definitions, stored or supposed. */
export function rulebookOf(
  version: number,
  definitions: Rulebook['definitions'],
  userAttributes: Rulebook['userAttributes'],
): Rulebook {
  const { missionVersions } = definitions;
  const byVersion = new Map(missionVersions.map((mission) => [`${mission.id}@${mission.version}`, mission]));
  return {
    version,
    definitions,
    missionVersion: (id, number) => byVersion.get(`${id}@${number}`),
    ruleset: compileRuleset(version, definitions, compilersIn(userAttributes)),
    userAttributes,
  };
}

/** The rulebook of a workspace in which nothing was ever published. */
export function emptyRulebook(userAttributes: Rulebook['userAttributes']): Rulebook {
  const lists = complete(Object.fromEntries(kindNames.map((kind) => [kind, []])));
  return rulebookOf(0, { ...lists, missionVersions: [], streakVersions: [], levelTrackVersions: [] }, userAttributes);
}

/** A list for each kind, as `read` gives it. */
async function listsOf(
  read: <K extends DefinitionKind>(kind: K) => Promise<readonly DefinitionKinds[K][]>,
): Promise<DefinitionLists> {
  const lists: Partial<Record<DefinitionKind, readonly Definition[]>> = {};
  const place = async <K extends DefinitionKind>(kind: K) => Object.assign(lists, { [kind]: await read(kind) });
  await Promise.all(kindNames.map((kind) => place(kind)));
  return complete(lists);
}

function complete(lists: Partial<Record<DefinitionKind, readonly Definition[]>>): DefinitionLists {
  if (!isComplete(lists)) throw new Error('a kind of definition was not read');
  return lists;
}

/** Whether there is a list for each kind; each was read by its kind, which a type cannot say. */
function isComplete(lists: Partial<Record<DefinitionKind, readonly Definition[]>>): lists is DefinitionLists {
  return kindNames.every((kind) => kind in lists);
}

/** When a version came to work; 0 for what is older than that was kept. */
function since({ ruleset }: Definition): number {
  return ruleset ?? 0;
}

/** Of the versions of definitions, in order, the last of each. */
function latest<D extends Definition>(versions: readonly D[]): D[] {
  return [...new Map(versions.map((version) => [version.id, version])).values()];
}

/** A definition as the rulebook has it: what is only being drafted leaves no mark on it. */
function atWork<D extends Definition>(definition: D): D {
  return { ...definition, revision: definition.version, draft: false };
}

/** Reads all definitions of a kind as they are, or every version of all of them, without drafts. */
async function readWorking<K extends DefinitionKind>(table: Table, scope: Scope, kind: K, part: 'HEAD' | 'VERSION') {
  const all = await readAll(table, scope, kind, part);
  return all.filter(({ status }) => status !== 'draft').map(atWork);
}

/** The definitions as they are, or nothing where one of them is already of a later ruleset. */
async function readCurrent(table: Table, scope: Scope, version: number): Promise<Rulebook['definitions'] | undefined> {
  const [lists, missionVersions, streakVersions, levelTrackVersions] = await Promise.all([
    listsOf((kind) => readWorking(table, scope, kind, 'HEAD')),
    readWorking(table, scope, 'missions', 'VERSION'),
    readWorking(table, scope, 'streaks', 'VERSION'),
    readWorking(table, scope, 'levelTracks', 'VERSION'),
  ]);
  const current = kindNames.flatMap((kind): readonly Definition[] => lists[kind]);
  const all = [...current, ...missionVersions, ...streakVersions, ...levelTrackVersions];
  const isCurrent = all.every((definition) => since(definition) <= version);
  return isCurrent ? { ...lists, missionVersions, streakVersions, levelTrackVersions } : undefined;
}

/** The definitions as they were under a version of the ruleset, from the versions, which never change. */
async function readPast(table: Table, scope: Scope, version: number): Promise<Rulebook['definitions']> {
  const upTo = async <K extends DefinitionKind>(kind: K) =>
    (await readWorking(table, scope, kind, 'VERSION')).filter((definition) => since(definition) <= version);
  const [lists, missionVersions, streakVersions, levelTrackVersions] = await Promise.all([
    listsOf(async (kind) => latest(await upTo(kind))),
    upTo('missions'),
    upTo('streaks'),
    upTo('levelTracks'),
  ]);
  return { ...lists, missionVersions, streakVersions, levelTrackVersions };
}

/** Where the ruleset stands, with all of its definitions written: a release that was cut short is finished first. */
export async function settledRuleset(table: Table, scope: Scope): Promise<RulesetHead> {
  const head = await getRulesetHead(table, scope);
  if (head.release !== undefined) await finishRelease(table, scope, head.release, head.version);
  return head;
}

/**
 * Reads the rulebook of a workspace as it is now, or as it was under a version of its ruleset.
 * @throws RangeError for a version that is still to come
 */
export type RulebookReader = (scope: Scope, version?: number) => Promise<Rulebook>;

/** Keeps the `max` values that were used last. */
function createRecent<T>(max: number) {
  const kept = new Map<string, T>();
  return (key: string, make: () => T): T => {
    const value = kept.get(key) ?? make();
    kept.delete(key);
    kept.set(key, value);
    const oldest = kept.keys().next();
    if (kept.size > max && oldest.done !== true) kept.delete(oldest.value);
    return value;
  };
}

/** Rulebooks by workspace and version. One that could not be read is asked for again. */
function createShelf(max: number) {
  const recent = createRecent<{ rulebook: Promise<Rulebook> | undefined }>(max);
  return async ({ tenant, workspace }: Scope, version: number, make: () => Promise<Rulebook>): Promise<Rulebook> => {
    const place = recent(`${tenant}/${workspace}@${version}`, () => ({ rulebook: undefined }));
    place.rulebook ??= make();
    try {
      return await place.rulebook;
    } catch (error) {
      place.rulebook = undefined;
      throw error;
    }
  };
}

/**
 * Makes a reader that keeps up to `max` current rulebooks and as many past ones; a rulebook of a version never changes.
 * Each read of the current one asks the table for its version (one small item), so that what is published is at work
 * with the next event.
 */
export function createRulebookReader(table: Table, max = 500): RulebookReader {
  const [current, past] = [createShelf(max), createShelf(max)];
  return async (scope, version) => {
    if (version !== undefined) {
      return past(scope, version, async () => {
        const head = await settledRuleset(table, scope);
        if (version > head.version) throw new RangeError(`the ruleset is at ${head.version}, not yet at ${version}`);
        return rulebookOf(version, await readPast(table, scope, version), await getDeclared(table, scope, version));
      });
    }
    const head = await settledRuleset(table, scope);
    return current(scope, head.version, async () => {
      const definitions = await readCurrent(table, scope, head.version);
      return rulebookOf(
        head.version,
        definitions ?? (await readPast(table, scope, head.version)),
        await getDeclared(table, scope, head.version),
      );
    });
  };
}
