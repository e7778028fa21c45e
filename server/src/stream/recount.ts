import type { StreamConsumer } from '../ports/stream.ts';
import { workspaceScope } from '../store/scope.ts';
import type { Table } from '../store/table.ts';
import { listTenants, listWorkspaces } from '../store/tenants.ts';

const EVERYTHING = { limit: 10_000, after: undefined };

/** What is counted anew; all of what is not named. */
export interface Recounting {
  /** The names of consumers, such as `usage`. */
  readonly only?: readonly string[];
  readonly tenant?: string;
  readonly workspace?: string;
}

/** Something that was counted anew. */
export interface Recounted {
  readonly consumer: string;
  readonly tenant: string;
  readonly workspace: string;
}

/**
 * Makes anew, from the table itself and while it is in use, what consumers keep of workspaces: after records that nobody could
 * take, or that came too late, and for what was there before it was counted. What is right stays as it is.
 * @throws RangeError for a consumer that keeps nothing that could be counted anew
 */
export async function* recountAll(
  table: Table,
  consumers: readonly StreamConsumer[],
  { only, tenant, workspace }: Recounting = {},
): AsyncGenerator<Recounted> {
  const counting = consumers.flatMap(({ name, rebuild }) => (rebuild === undefined ? [] : [{ name, rebuild }]));
  const odd = only?.find((name) => !counting.some((one) => one.name === name));
  if (odd !== undefined)
    throw new RangeError(`"${odd}" counts nothing; these do: ${counting.map(({ name }) => name).join(', ')}`);
  const tenants =
    tenant === undefined ? (await listTenants(table, EVERYTHING)).items.map(({ slug }) => slug) : [tenant];
  for (const owner of tenants) {
    const places = (await listWorkspaces(table, owner, EVERYTHING)).items.map(({ slug }) => slug);
    for (const place of places.filter((slug) => workspace === undefined || slug === workspace)) {
      for (const { name, rebuild } of counting.filter((one) => only?.includes(one.name) ?? true)) {
        await rebuild(workspaceScope(owner, place));
        yield { consumer: name, tenant: owner, workspace: place };
      }
    }
  }
}
