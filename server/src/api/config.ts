import { createHash } from 'node:crypto';
import type { Contract } from '@laurel/contract';
import type { ConfigApplied, ConfigChange, ConfigDocument } from '@laurel/contract/config/schema';
import type { Running } from '@laurel/contract/definitions/schema';
import { canonical } from '../domain/config/differences.ts';
import { commit, type Write } from '../store/commit.ts';
import { type Definition, getDefinitions, kindNames, type Placed, placeOf } from '../store/definition-items.ts';
import type { Rulebook } from '../store/definitions.ts';
import { fitsOneCommit, releaseWrites, stageRelease } from '../store/releases.ts';
import { moveRuleset } from '../store/ruleset-head.ts';
import type { Scope } from '../store/scope.ts';
import type { CallContext, Handlers } from './call.ts';
import { turnsOf } from './closing-turns.ts';
import { contentOf, type PlannedChange, planFor } from './config-plan.ts';
import { judgeOf, supposed } from './definition-checks.ts';
import type { DefinitionTypes } from './definition-type.ts';
import { assertKept } from './kept.ts';
import { ProblemError } from './problem.ts';
import { assertRecountable } from './running.ts';
import { rulesetQueue } from './serial.ts';

/**
 * The name of a workspace's state: whatever is published, archived or applied there makes another. One of another
 * workspace never fits.
 */
function baseOf({ tenant, workspace }: Scope, version: number): string {
  const name = createHash('sha256')
    .update(JSON.stringify([tenant, workspace, version]))
    .digest('hex');
  return `r${version}.${name.slice(0, 20)}`;
}

function countsOf(changes: readonly PlannedChange[]) {
  const count = (action: ConfigChange['action']) => changes.filter((change) => change.action === action).length;
  return {
    creates: count('create'),
    updates: count('update'),
    archives: count('archive'),
    unchanged: count('unchanged'),
  };
}

/** Refuses changes that would not fit together, by what the workspace would be with all of them. */
function assertSound(types: DefinitionTypes, rulebook: Rulebook, changes: readonly PlannedChange[]): void {
  const judge = judgeOf(
    types,
    supposed(
      rulebook,
      changes.flatMap(({ placed }) => placed ?? []),
    ),
  );
  for (const { sound } of changes) sound(judge);
  for (const { harmless } of changes) harmless(judge);
}

/** The writes of an application; more than one transaction takes are put aside, and come to work all at once. */
async function writesOf(call: CallContext, rulebook: Rulebook, changes: readonly Placed[]): Promise<Write[]> {
  const { table } = call.platform;
  const heads: ReadonlyMap<string, Definition> = await getDefinitions(
    table,
    call.scope,
    changes.map(({ kind, definition }) => ({ kind, id: definition.id })),
  );
  for (const { kind, definition } of changes) {
    const head = heads.get(placeOf(kind, definition.id));
    if (head === undefined) continue;
    assertKept(kind, head, definition);
    assertRecountable(head, definition);
  }
  const turns = await turnsOf(call, changes);
  const writes: Write[] = [
    moveRuleset(table, call.scope, rulebook.version),
    ...changes.flatMap((change) =>
      releaseWrites(table, call.scope, change, heads.get(placeOf(change.kind, change.definition.id))),
    ),
    ...turns,
  ];
  if (fitsOneCommit(writes)) return writes;
  // What comes due by then finds nothing at work that is not: it is skipped.
  for (let first = 0; first < turns.length; first += 100) await commit(table, turns.slice(first, first + 100));
  const release = call.platform.newId('release');
  await stageRelease(table, call.scope, release, rulebook.version + 1, changes);
  return [moveRuleset(table, call.scope, rulebook.version, release)];
}

/** The handlers of configurations: all definitions of a workspace as one document. */
export function configHandlers(types: DefinitionTypes): Handlers<Contract['dashboard']['config']> {
  const plan = async (call: CallContext, document: ConfigDocument, running: Running) => {
    const rulebook = await call.platform.rulebooks(call.scope);
    return { rulebook, changes: planFor(call, types, rulebook, document, running) };
  };

  return {
    async export(call) {
      const { definitions } = await call.platform.rulebooks(call.scope);
      const byKind = kindNames.map((kind) => {
        const published = definitions[kind].filter(({ status }) => status === 'published');
        const sorted = published.toSorted((a, b) => (a.id < b.id ? -1 : 1));
        return [kind, sorted.map((definition) => canonical(contentOf(kind, definition)))];
      });
      return { body: { format: 'laurel.config/1', definitions: Object.fromEntries(byKind) } };
    },

    async plan(call) {
      const { rulebook, changes } = await plan(call, call.body.document, 'keep');
      assertSound(types, rulebook, changes);
      const shown = changes.map(
        ({ kind, id, action, differences }): ConfigChange => ({
          kind,
          id,
          action,
          differences: [...differences],
        }),
      );
      return { body: { base: baseOf(call.scope, rulebook.version), ...countsOf(changes), changes: shown } };
    },

    async apply(call) {
      const { document, base, running = 'keep' } = call.body;
      const { rulebook, changes } = await plan(call, document, running);
      const placed = changes.flatMap((change) => change.placed ?? []);
      const done = (version: number) => ({
        base: baseOf(call.scope, version),
        ruleset: version,
        ...countsOf(changes),
        changes: changes.flatMap(({ kind, id, action }): ConfigApplied[] =>
          action === 'unchanged' ? [] : [{ kind, id, action }],
        ),
      });
      // What is as the document says already is not refused: so a repeat is no error.
      if (placed.length === 0) return { body: done(rulebook.version) };
      if (base !== baseOf(call.scope, rulebook.version)) throw new ProblemError('outdated');
      assertSound(types, rulebook, changes);
      const writes = await writesOf(call, rulebook, placed);
      return { body: done(rulebook.version + 1), writes, queue: rulesetQueue(call.scope) };
    },
  };
}
