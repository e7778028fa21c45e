import { Slug } from '@laurel/contract/shared/ids';
import { createIds } from '../api/ids.ts';
import { createSerial } from '../api/serial.ts';
import { systemClock } from '../ports/clock.ts';
import { beginPlatform, type Credential, type Place } from '../provision.ts';
import { tableNamed } from './aws.ts';

/** A cell that nobody runs yet. */
export interface NewCell {
  /** Its name, such as `eu`. */
  readonly cell: string;
  /** The name of its table. */
  readonly table: string;
}

/**
 * Makes the first credential of a cell on AWS, by its table alone: for whoever runs the platform, as whom everything else
 * can be called. Region and credentials are those of the surroundings, as for every client of AWS.
 * @throws RangeError for a name that is no slug
 * @throws Error where the tenant is there, and does not run the platform
 */
export async function beginCell({ cell, table }: NewCell, place: Place): Promise<Credential> {
  const odd = [place.tenant, place.workspace].find((name) => !Slug.safeParse(name).success);
  if (odd !== undefined) throw new RangeError(`${JSON.stringify(odd)} is no name of a tenant or a workspace`);
  const parts = { table: tableNamed(table), clock: systemClock, cell, newId: createIds(), serial: createSerial() };
  return beginPlatform(parts, place);
}
