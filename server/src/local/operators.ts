import { enter } from '../api/people/entering.ts';
import type { Platform } from '../api/platform.ts';
import { hashPassword } from '../identity/password.ts';
import type { RoleId } from '../identity/principal.ts';
import { type Place, UNLIMITED, writeCounted } from '../provision.ts';
import { createAccount } from '../store/accounts.ts';

/** Makes somebody who can sign in, as a member of a workspace. */
export async function addOperator(
  platform: Platform,
  place: Place,
  person: { readonly email: string; readonly password: string; readonly role: RoleId },
): Promise<string> {
  const { table } = platform;
  const id = platform.newId('person');
  const email = person.email.toLowerCase();
  const account = { id, email, emailVerified: true, passwordHash: await hashPassword(person.password) };
  const entering = { tenant: place.tenant, subject: id, email, role: person.role, workspaces: [place.workspace] };
  await writeCounted(platform, place.tenant, 'seats', async (allotting) => [
    ...createAccount(table, account),
    ...(await enter(allotting, { ...entering, ...UNLIMITED })).writes,
  ]);
  return id;
}
