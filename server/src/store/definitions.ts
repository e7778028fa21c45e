import type { LevelTrack } from '@laurel/contract/level-tracks/schema';
import type { Mission } from '@laurel/contract/missions/schema';
import type { Streak } from '@laurel/contract/streaks/schema';
import type { Workspace } from '@laurel/contract/workspaces/schema';
import { createCache, jsonText } from '../cache/cache.ts';
import { compileRuleset, type Ruleset } from '../domain/index.ts';
import type { Cache } from '../ports/cache.ts';
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

/** What is written of a rulebook for other processes: all that it is compiled from. */
type Source = Pick<Rulebook, 'definitions' | 'userAttributes'>;

/**
 * How long what a rulebook was made from may be kept, in milliseconds. It never changes, but a table that is restored may
 * count through the same versions again.
 */
const KEPT_MS = 60 * 60_000;

/**
 * Makes a reader that keeps up to `max` current rulebooks and as many past ones; a rulebook of a version never changes.
 * Each read of the current one asks the table for its version (one small item), so that what is published is at work
 * with the next event. What another process read under the same version is not read from the table again.
 */
export function createRulebookReader(table: Table, cache: Cache = createCache(), max = 500): RulebookReader {
  const kept = { ttlMs: KEPT_MS, most: max };
  const compiled = {
    current: cache.shelf<Rulebook>({ name: 'rulebook', ...kept }),
    past: cache.shelf<Rulebook>({ name: 'past rulebook', ...kept }),
  };
  // What is compiled is kept already; this is what others read.
  const sources = {
    current: cache.shelf<Source>({ name: 'definitions', ...kept, most: 1, text: jsonText() }),
    past: cache.shelf<Source>({ name: 'past definitions', ...kept, most: 1, text: jsonText() }),
  };

  async function read(
    when: 'current' | 'past',
    scope: Scope,
    version: number,
    readDefinitions: () => Promise<Rulebook['definitions']>,
  ): Promise<Rulebook> {
    const names = [String(version)];
    const rulebook = await compiled[when].read(scope, names, async () => {
      const source = await sources[when].read(scope, names, async () => ({
        definitions: await readDefinitions(),
        userAttributes: await getDeclared(table, scope, version),
      }));
      return source && rulebookOf(version, source.definitions, source.userAttributes);
    });
    if (rulebook === undefined) throw new Error('a rulebook came to nothing');
    return rulebook;
  }

  return async (scope, version) => {
    if (version === undefined) {
      const head = await settledRuleset(table, scope);
      const current = () => readCurrent(table, scope, head.version);
      const past = () => readPast(table, scope, head.version);
      return read('current', scope, head.version, async () => (await current()) ?? past());
    }
    return read('past', scope, version, async () => {
      const head = await settledRuleset(table, scope);
      if (version > head.version) throw new RangeError(`the ruleset is at ${head.version}, not yet at ${version}`);
      return readPast(table, scope, version);
    });
  };
}
