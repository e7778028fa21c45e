import type { DefinitionBodies } from '@laurel/contract/definitions/kinds';
import type { Publish, Restore, Running } from '@laurel/contract/definitions/schema';
import type { Write } from '../store/commit.ts';
import {
  type Definition,
  type DefinitionKind,
  type DefinitionKinds,
  getDefinition,
  getDraft,
  getVersion,
  listDefinitions,
  listVersions,
  removeDraft,
  removeHead,
  saveDraft,
  saveHead,
  savePublished,
} from '../store/definition-items.ts';
import { type Rulebook, settledRuleset } from '../store/definitions.ts';
import { moveRuleset } from '../store/ruleset-head.ts';
import type { Answer, CallContext } from './call.ts';
import { authorOf, pageOf, reachOf } from './call.ts';
import { checkForm, checkLoosely, judgeOf, supposed } from './definition-checks.ts';
import type { DefinitionTypes, Managed } from './definition-type.ts';
import { assertKept } from './kept.ts';
import { notFound, ProblemError } from './problem.ts';
import { assertKnown, assertRecountable } from './running.ts';
import { rulesetQueue } from './serial.ts';

type Single = CallContext & { readonly params: { readonly id: string } };
type PageCall = CallContext & {
  readonly query: { readonly limit: number; readonly cursor?: string | undefined };
};
type Create<K extends DefinitionKind> = DefinitionBodies[K] & { readonly id?: string | undefined };
type Update<K extends DefinitionKind> = DefinitionBodies[K] & { readonly running?: Running | undefined };

/** How a definition comes to work. */
interface Coming {
  readonly status: 'published' | 'archived';
  readonly running: Running;
  /** What becomes of the draft of the next version: it goes on waiting, or it is what is published, or gone. */
  readonly draft: 'waits' | 'ends';
}

/** What the platform says of a definition that comes to work, after what was there before. */
export function publishedFields(
  call: CallContext,
  id: string,
  found: Definition | undefined,
  rulebook: Rulebook,
  coming: Coming,
): Managed {
  return {
    id,
    status: coming.status,
    version: found === undefined || found.status === 'draft' ? 1 : found.version + 1,
    revision: (found?.revision ?? 0) + 1,
    draft: coming.draft === 'waits' && found !== undefined && found.draft,
    createdAt: found?.createdAt ?? call.now,
    updatedAt: call.now,
    author: authorOf(call),
    publishedAt: call.now,
    running: coming.running,
    ruleset: rulebook.version + 1,
  };
}

/** What the platform says of a draft. */
function draftFields(call: CallContext, id: string, found: Definition | undefined, running: Running): Managed {
  const isPublished = found !== undefined && found.status !== 'draft';
  return {
    id,
    status: 'draft',
    version: isPublished ? found.version + 1 : 1,
    revision: (found?.revision ?? 0) + 1,
    draft: true,
    createdAt: found?.createdAt ?? call.now,
    updatedAt: call.now,
    author: authorOf(call),
    publishedAt: null,
    running,
    ruleset: null,
  };
}

function unprocessable(detail: string): ProblemError {
  return new ProblemError('unprocessable', detail);
}

function assertNotArchived({ status }: Definition): void {
  if (status === 'archived') throw unprocessable('It is archived: unarchive it first.');
}

function assertEverPublished({ status }: Definition): void {
  if (status === 'draft') throw unprocessable('It was never published: publish it, or delete it.');
}

/** The handlers of one kind of definition, for its whole life. */
export function definitionHandlers<K extends DefinitionKind>(types: DefinitionTypes, kind: K) {
  const type = types[kind];

  /** A definition as it is; a release that was cut short is finished first. */
  const read = async (call: Single): Promise<DefinitionKinds[K]> => {
    const { table } = call.platform;
    await settledRuleset(table, call.scope);
    const found = await getDefinition(table, call.scope, kind, call.params.id);
    if (found === undefined) throw notFound();
    return found;
  };

  /** The draft that waits to be published, if there is one: of the next version, or of the first. */
  const draftOf = async (call: CallContext, found: DefinitionKinds[K]): Promise<DefinitionKinds[K] | undefined> => {
    if (found.status === 'draft') return found;
    if (!found.draft) return undefined;
    const draft = await getDraft(call.platform.table, call.scope, kind, found.id);
    return draft && { ...draft, version: found.version + 1, revision: found.revision };
  };

  /** Puts a definition to work, or takes it out, judged by the rulebook; the ruleset moves on with it. */
  const published = async (
    call: CallContext,
    rulebook: Rulebook,
    found: DefinitionKinds[K] | undefined,
    definition: DefinitionKinds[K],
  ): Promise<Answer<DefinitionKinds[K]>> => {
    const { table } = call.platform;
    assertKnown(kind, definition.running);
    assertRecountable(found, definition);
    if (found !== undefined) assertKept(kind, found, definition);
    const placed = { kind, definition };
    const judge = judgeOf(types, supposed(rulebook, [placed]));
    if (definition.status === 'archived') judge.unused({ kind, id: definition.id });
    else {
      checkForm(types, kind, definition, found);
      judge.sound(kind, definition);
      judge.harmless({ kind, id: definition.id });
      await type.assertAllowed?.(call, definition, '');
    }
    const ends = found !== undefined && found.status !== 'draft' && found.draft && !definition.draft;
    const writes: Write[] = [
      moveRuleset(table, call.scope, rulebook.version),
      ...savePublished(table, call.scope, placed),
      ...(ends ? [removeDraft(table, call.scope, kind, definition.id)] : []),
    ];
    return { body: definition, writes, queue: rulesetQueue(call.scope) };
  };

  const drafted = async (
    call: CallContext,
    found: DefinitionKinds[K] | undefined,
    draft: DefinitionKinds[K],
  ): Promise<Answer<DefinitionKinds[K]>> => {
    const { table, rulebooks } = call.platform;
    assertKnown(kind, draft.running);
    checkForm(types, kind, draft, found);
    checkLoosely(types, kind, draft, await rulebooks(call.scope));
    await type.assertAllowed?.(call, draft, '');
    if (found === undefined || found.status === 'draft') {
      return { body: draft, writes: [saveHead(table, call.scope, { kind, definition: draft })] };
    }
    const head = { ...found, revision: draft.revision, draft: true };
    const writes: Write[] = [
      saveHead(table, call.scope, { kind, definition: head }),
      saveDraft(table, call.scope, { kind, definition: draft }),
    ];
    return { body: draft, writes };
  };

  /** Publishes content that was saved before: a draft, an old version, or what is there under another status. */
  const again = async (
    call: Single,
    found: DefinitionKinds[K],
    content: DefinitionKinds[K],
    coming: Coming,
  ): Promise<Answer<DefinitionKinds[K]>> => {
    const rulebook = await call.platform.rulebooks(call.scope);
    const managed = publishedFields(call, found.id, found, rulebook, coming);
    return published(call, rulebook, found, { ...content, ...managed });
  };

  return {
    async list(call: PageCall & { readonly query: { readonly status?: Definition['status'] | undefined } }) {
      const { status } = call.query;
      const filters = { status };
      await settledRuleset(call.platform.table, call.scope);
      const keep = (definition: Definition) => status === undefined || definition.status === status;
      const found = await listDefinitions(call.platform.table, call.scope, kind, reachOf(call, filters), keep);
      return { body: pageOf(call, filters, found, (definition) => definition) };
    },

    async create(call: CallContext & { readonly body: Create<K> }) {
      const { body } = call;
      const id = body.id ?? call.platform.newId(type.idKind);
      if (body.draft === true) {
        return drafted(call, undefined, type.build(body, draftFields(call, id, undefined, 'keep')));
      }
      const rulebook = await call.platform.rulebooks(call.scope);
      const coming: Coming = { status: 'published', running: 'keep', draft: 'ends' };
      const definition = type.build(body, publishedFields(call, id, undefined, rulebook, coming));
      return published(call, rulebook, undefined, definition);
    },

    async get(call: Single) {
      return { body: await read(call) };
    },

    async update(call: Single & { readonly body: Update<K> }) {
      const found = await read(call);
      const { body } = call;
      if (call.ifMatch !== found.revision) throw new ProblemError('version_mismatch');
      assertNotArchived(found);
      const running = body.running ?? 'keep';
      if (body.draft === true) {
        return drafted(call, found, type.build(body, draftFields(call, found.id, found, running)));
      }
      const rulebook = await call.platform.rulebooks(call.scope);
      const coming: Coming = { status: 'published', running, draft: 'ends' };
      const definition = type.build(body, publishedFields(call, found.id, found, rulebook, coming));
      return published(call, rulebook, found, definition);
    },

    async remove(call: Single) {
      const found = await read(call);
      if (found.status !== 'draft') throw unprocessable('It was published: archive it instead.');
      const writes = [removeHead(call.platform.table, call.scope, { kind, definition: found })];
      return { body: found, writes };
    },

    async draft(call: Single) {
      const draft = await draftOf(call, await read(call));
      if (draft === undefined) throw notFound();
      return { body: draft };
    },

    async discardDraft(call: Single): Promise<Answer<DefinitionKinds[K]>> {
      const { table } = call.platform;
      const found = await read(call);
      if (found.status === 'draft') throw unprocessable('It was never published: delete it instead.');
      if (!found.draft) throw notFound();
      const definition = { ...found, revision: found.revision + 1, draft: false };
      const writes: Write[] = [
        saveHead(table, call.scope, { kind, definition }),
        removeDraft(table, call.scope, kind, found.id),
      ];
      return { body: definition, writes };
    },

    async publish(call: Single & { readonly body: Publish }) {
      const found = await read(call);
      const { running, revision } = call.body;
      if (revision !== undefined && revision !== found.revision) throw new ProblemError('outdated');
      assertNotArchived(found);
      const draft = await draftOf(call, found);
      if (draft === undefined) throw unprocessable('There is no draft to publish.');
      return again(call, found, draft, { status: 'published', running: running ?? draft.running, draft: 'ends' });
    },

    async archive(call: Single): Promise<Answer<DefinitionKinds[K]>> {
      const found = await read(call);
      assertEverPublished(found);
      if (found.status === 'archived') return { body: found };
      return again(call, found, found, { status: 'archived', running: 'keep', draft: 'waits' });
    },

    async unarchive(call: Single): Promise<Answer<DefinitionKinds[K]>> {
      const found = await read(call);
      assertEverPublished(found);
      if (found.status === 'published') return { body: found };
      return again(call, found, found, { status: 'published', running: 'keep', draft: 'waits' });
    },

    async restore(call: Single & { readonly body: Restore }) {
      const found = await read(call);
      assertEverPublished(found);
      assertNotArchived(found);
      const { version, running = 'keep' } = call.body;
      const old = await getVersion(call.platform.table, call.scope, kind, found.id, version);
      if (old === undefined) throw unprocessable(`There is no version ${version} of it.`);
      return again(call, found, old, { status: 'published', running, draft: 'waits' });
    },

    async listVersions(call: Single & PageCall) {
      const { id } = await read(call);
      const filters = { id };
      const found = await listVersions(call.platform.table, call.scope, kind, id, reachOf(call, filters));
      return { body: pageOf(call, filters, found, (version) => version) };
    },

    async getVersion(call: CallContext & { readonly params: { readonly id: string; readonly version: number } }) {
      const { id, version } = call.params;
      await settledRuleset(call.platform.table, call.scope);
      const found = await getVersion(call.platform.table, call.scope, kind, id, version);
      if (found === undefined) throw notFound();
      return { body: found };
    },
  };
}
