import type { PlacedRoute } from '@laurel/contract';
import * as z from 'zod';

/** What a cell can hold. */
type Cell = string | number | boolean | null;

/** Text that spreadsheets would take for a formula; a sign before it makes it text again. */
const FORMULA = /^[=+\-@\t\r]/;

function cell(value: Cell): string {
  if (typeof value !== 'string') return value === null ? '' : String(value);
  const harmless = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** Rows as CSV by RFC 4180, with a line of names first. */
export function csvOf(names: readonly string[], rows: readonly Readonly<Record<string, Cell>>[]): string {
  const lines = [names, ...rows.map((row) => names.map((name) => row[name] ?? null))];
  return lines.map((line) => `${line.map(cell).join(',')}\r\n`).join('');
}

/** Whether a caller asks for CSV rather than for JSON: the types of `Accept` in their order, quality 0 apart. */
export function wantsCsv(accept: string | null): boolean {
  const types = (accept ?? '').split(',').map((part) => part.trim().toLowerCase());
  const wanted = types.filter((type) => !/;\s*q=0(?:\.0*)?$/.test(type)).map((type) => type.split(';')[0]?.trim());
  const [csv, json] = [wanted.indexOf('text/csv'), wanted.indexOf('application/json')];
  return csv !== -1 && (json === -1 || csv < json);
}

const Rows = z.array(z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])));

const Parts = z.object({ complete: z.boolean().default(true), nextPart: z.string().nullable().default(null) });

/** An answer as CSV, and what of it such rows cannot say: whether they are a part of all, and what the next is called. */
export interface CsvAnswer {
  readonly body: string;
  readonly isPart: boolean;
  readonly nextPart: string | null;
}

/** The rows of a route's answer as CSV; nothing where the route has none. */
export function answerAsCsv({ route, meta }: PlacedRoute, body: string): CsvAnswer | undefined {
  const field = meta?.csv;
  if (field === undefined) return undefined;
  const schema: unknown = route.responses[200];
  const list = schema instanceof z.ZodObject ? schema.shape[field] : undefined;
  const row = list instanceof z.ZodArray ? list.element : undefined;
  if (!(row instanceof z.ZodObject)) throw new Error(`the answer of ${route.path} has no rows ${field}`);
  const answer: unknown = JSON.parse(body);
  const { complete, nextPart } = Parts.parse(answer);
  return { body: csvOf(Object.keys(row.shape), Rows.parse(Object(answer)[field])), isPart: !complete, nextPart };
}
