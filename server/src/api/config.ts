import { createHash } from 'node:crypto';
import { type Contract, contract } from '@laurel/contract';
import type { ConfigApplied, ConfigChange, ConfigPart } from '@laurel/contract/config/schema';
import { canonical } from '../domain/config/differences.ts';
import { commit, MOST_WRITES, type Write } from '../store/commit.ts';
import {
  type Definition,
  type DefinitionKind,
  getDefinitions,
  kindNames,
  type Placed,
  placeOf,
} from '../store/definition-items.ts';
import { emptyRulebook, type Rulebook } from '../store/definitions.ts';
import { fitsOneCommit, releaseWrites, stageRelease } from '../store/releases.ts';
import { moveRuleset } from '../store/ruleset-head.ts';
import type { Scope } from '../store/scope.ts';
import { assertMayAlso, mayAlso } from './admission.ts';
import type { CallContext, Handlers } from './call.ts';
import { turnsOf } from './closing-turns.ts';
import {
  ATTRIBUTES_AT,
  attributeWrites,
  exportedAttributes,
  type PlannedAttributes,
  planAttributes,
} from './config-attributes.ts';
import { contentOf, counts, type PlannedChange, planFor, type Reading } from './config-plan.ts';
import { judgeOf, supposed } from './definition-checks.ts';
import type { DefinitionTypes } from './definition-type.ts';
import { assertKept } from './kept.ts';
import { ProblemError } from './problem.ts';
import { assertRecountable } from './running.ts';
import { rulesetQueue } from './serial.ts';
import { checkDeclarations } from './user-attributes.ts';
import { welcomesOf } from './webhook-states.ts';

/** What whoever exports or applies may have to be allowed besides. */
const routes = contract.dashboard;

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

function countsOf(rows: readonly ConfigChange[]) {
  const count = (action: ConfigChange['action']) => rows.filter((row) => row.action === action).length;
  return {
    creates: count('create'),
    updates: count('update'),
    archives: count('archive'),
    unchanged: count('unchanged'),
  };
}

/** All that a document means for a workspace. */
interface Plan {
  readonly rulebook: Rulebook;
  readonly changes: readonly PlannedChange[];
  readonly attributes: PlannedAttributes | undefined;
}

/** What a plan says, in the order of documents: by kind and id, and at the end what is declared of users. */
function rowsOf({ changes, attributes }: Plan): ConfigChange[] {
  const rows = changes.map(
    ({ kind, id, action, differences }): ConfigChange => ({ kind, id, action, differences: [...differences] }),
  );
  return attributes === undefined ? rows : [...rows, attributes.row];
}

/** Whether there is anything to do. */
function isWork({ changes, attributes }: Plan): boolean {
  return attributes?.changes === true || changes.some(({ placed }) => placed !== undefined);
}

/** Refuses changes that would not fit together, by what the workspace would be with all of them. */
async function assertSound(types: DefinitionTypes, { rulebook, changes, attributes }: Plan): Promise<void> {
  const placed = changes.flatMap((change) => change.placed ?? []);
  const { userAttributes } = attributes === undefined ? rulebook : { userAttributes: attributes.after };
  const judge = judgeOf(types, supposed({ ...rulebook, userAttributes }, placed));
  for (const { sound } of changes) sound(judge);
  for (const { harmless } of changes) harmless(judge);
  if (attributes?.changes === true) {
    checkDeclarations(rulebook.userAttributes, attributes.after, ATTRIBUTES_AT);
    judge.allSound(ATTRIBUTES_AT);
  }
  await Promise.all(changes.map(({ assertAllowed }) => assertAllowed()));
}

/** The writes of an application; more than one transaction takes are put aside, and come to work all at once. */
async function writesOf(call: CallContext, { rulebook, changes: planned, attributes }: Plan): Promise<Write[]> {
  const { table } = call.platform;
  const changes: readonly Placed[] = planned.flatMap(({ placed }) => placed ?? []);
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
  const beside = [...(await turnsOf(call, changes)), ...welcomesOf(call, changes, heads)];
  const declared = attributes?.changes === true ? await attributeWrites(call, attributes, rulebook.version + 1) : [];
  const writes: Write[] = [
    moveRuleset(table, call.scope, rulebook.version),
    ...declared,
    ...changes.flatMap((change) =>
      releaseWrites(table, call.scope, change, heads.get(placeOf(change.kind, change.definition.id))),
    ),
    ...beside,
  ];
  if (fitsOneCommit(writes)) return writes;
  // What comes due by then finds nothing at work that is not: it is skipped. Nor has a webhook a use for its state. What
  // is no longer due stays until it is skipped likewise: it still is due, should the application be refused.
  const ahead = beside.filter(({ item }) => item.Delete === undefined);
  for (let first = 0; first < ahead.length; first += MOST_WRITES)
    await commit(table, ahead.slice(first, first + MOST_WRITES));
  const release = call.platform.newId('release');
  await stageRelease(table, call.scope, release, rulebook.version + 1, changes);
  return [moveRuleset(table, call.scope, rulebook.version, release), ...declared];
}

/** Refuses whoever could not do by themselves what the document would have done. */
async function assertMayApply(call: CallContext, { changes, attributes }: Plan): Promise<void> {
  if (changes.some(({ kind, placed }) => kind === 'webhooks' && placed !== undefined))
    await assertMayAlso(call, routes.webhooks.update.metadata);
  if (attributes?.changes === true) await assertMayAlso(call, routes.workspace.update.metadata);
}

/** The published definitions of some kinds as a document holds them. */
function publishedOf({ definitions }: Rulebook, kinds: readonly DefinitionKind[]) {
  const byKind = kinds.map((kind) => {
    const published = definitions[kind].filter(({ status }) => status === 'published');
    const sorted = published.toSorted((a, b) => (a.id < b.id ? -1 : 1));
    return [kind, sorted.map((definition) => canonical(contentOf(kind, definition)))];
  });
  return Object.fromEntries(byKind);
}

/**
 * The writes that give a workspace, which is being opened, what is published in another one. Webhooks stay where they
 * are: the systems that hear of one environment must not come to hear of two, and a copy has no secret of theirs.
 */
export async function copyWrites(
  call: CallContext,
  types: DefinitionTypes,
  from: Scope,
  to: { readonly scope: Scope; readonly userAttributes: Rulebook['userAttributes'] },
): Promise<Write[]> {
  const source = await call.platform.rulebooks(from);
  const definitions = publishedOf(
    source,
    kindNames.filter((kind) => kind !== 'webhooks'),
  );
  const there = { ...call, scope: to.scope };
  // Not read: what is kept of a workspace by a version must not be what it was before it had one.
  const rulebook = emptyRulebook(to.userAttributes);
  const reading: Reading = { document: { format: 'laurel.config/1', definitions }, running: 'keep' };
  const plan: Plan = { rulebook, changes: planFor(there, types, rulebook, reading), attributes: undefined };
  await assertSound(types, plan);
  return isWork(plan) ? writesOf(there, plan) : [];
}

/** The handlers of configurations: all definitions of a workspace as one document. */
export function configHandlers(types: DefinitionTypes): Handlers<Contract['dashboard']['config']> {
  const planned = async (call: CallContext, reading: Reading): Promise<Plan> => {
    // What is there is told by the plan, and by whether anything is left to apply.
    if (reading.document.definitions.webhooks !== undefined && counts(reading, 'webhooks'))
      await assertMayAlso(call, routes.webhooks.list.metadata);
    const rulebook = await call.platform.rulebooks(call.scope);
    const changes = planFor(call, types, rulebook, reading);
    return { rulebook, changes, attributes: planAttributes(rulebook.userAttributes, reading) };
  };

  return {
    async export(call) {
      const parts = call.query.parts?.split(',');
      const isAsked = (part: ConfigPart) => parts?.includes(part) ?? true;
      // Who asks for what they may not see is told so; to others it is left out, which leaves it alone when applied.
      if (parts?.includes('webhooks') === true) await assertMayAlso(call, routes.webhooks.list.metadata);
      const maySee = await mayAlso(call, routes.webhooks.list.metadata);
      const rulebook = await call.platform.rulebooks(call.scope);
      const shown = kindNames.filter((kind) => isAsked(kind) && (kind !== 'webhooks' || maySee));
      return {
        body: {
          format: 'laurel.config/1',
          definitions: publishedOf(rulebook, shown),
          ...(isAsked('userAttributes') ? { userAttributes: exportedAttributes(rulebook.userAttributes) } : {}),
        },
      };
    },

    async plan(call) {
      const plan = await planned(call, { ...call.body, running: 'keep' });
      await assertSound(types, plan);
      const rows = rowsOf(plan);
      return { body: { base: baseOf(call.scope, plan.rulebook.version), ...countsOf(rows), changes: rows } };
    },

    async apply(call) {
      const { base, running = 'keep' } = call.body;
      const plan = await planned(call, { ...call.body, running });
      const { version } = plan.rulebook;
      const rows = rowsOf(plan);
      const done = (ruleset: number) => ({
        base: baseOf(call.scope, ruleset),
        ruleset,
        ...countsOf(rows),
        changes: rows.flatMap(({ kind, id, action }): ConfigApplied[] =>
          action === 'unchanged' ? [] : [{ kind, id, action }],
        ),
      });
      // What is as the document says already is not refused: so a repeat is no error.
      if (!isWork(plan)) return { body: done(version) };
      await assertMayApply(call, plan);
      if (base !== baseOf(call.scope, version)) throw new ProblemError('outdated');
      await assertSound(types, plan);
      const writes = await writesOf(call, plan);
      return { body: done(version + 1), writes, queue: rulesetQueue(call.scope) };
    },
  };
}
