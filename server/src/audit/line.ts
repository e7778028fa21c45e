import { AuditRecord } from '@laurel/contract/audit-records/schema';
import * as z from 'zod';
import { isSlug } from '../identity/principal.ts';
import type { Waiting } from '../store/audit.ts';
import { placeScope, type Scope } from '../store/scope.ts';
import type { OpenRecord } from './record.ts';

/** The name of a workspace, or of a tenant as a whole. */
const Workspace = z.string().refine((name) => name === '@' || isSlug(name));

/** A record as it travels through a log: in one line, with where it belongs. */
const Line = z.object({
  audit: z.object({
    tenant: z.string().refine(isSlug),
    workspace: Workspace,
    record: AuditRecord.omit({ seq: true, block: true, hash: true }),
    /** Whether it stands in place of one that a change has left. */
    alone: z.boolean(),
  }),
});

/** What a line says. */
export interface LineRecord {
  readonly scope: Scope;
  readonly record: OpenRecord;
  readonly alone: boolean;
}

/** Writes a record as a line; JSON escapes whatever would end it. */
export function lineOf({ tenant, workspace }: Scope, record: OpenRecord, alone: boolean): string {
  return JSON.stringify({ audit: { tenant, workspace, record, alone } });
}

/** Reads a line; nothing where it is another. */
export function readLine(message: unknown): LineRecord | undefined {
  const line = Line.safeParse(message);
  if (!line.success) return undefined;
  const { record, alone, ...place } = line.data.audit;
  return { scope: placeScope(place), record, alone };
}

/** How many records are written together. */
const TOGETHER = 50;

/** Puts records together as they wait to be sealed, by where they belong; they may have been written before. */
export function waitingOf(lines: readonly LineRecord[]): { readonly scope: Scope; readonly waiting: Waiting }[] {
  const found: { scope: Scope; waiting: Waiting }[] = [];
  const add = (scope: Scope | undefined, records: readonly OpenRecord[]): void => {
    const [first] = records;
    if (first !== undefined && scope !== undefined)
      found.push({ scope, waiting: { id: first.id, records, again: true } });
  };
  for (const { scope, record } of lines.filter(({ alone }) => alone)) add(scope, [record]);
  const gathered = lines.filter(({ alone }) => !alone);
  for (const own of Map.groupBy(gathered, ({ scope }) => `${scope.tenant}/${scope.workspace}`).values())
    for (let start = 0; start < own.length; start += TOGETHER)
      add(
        own[0]?.scope,
        own.slice(start, start + TOGETHER).map(({ record }) => record),
      );
  return found;
}
