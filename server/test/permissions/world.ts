import { isRoleId, type RoleId } from '../../src/identity/principal.ts';
import {
  ACME,
  type Access,
  type Answer,
  call,
  type Place,
  startTestPlatform,
  type TestPlatform,
} from '../support/platform.ts';

/** What a role is created from. */
export interface RoleGiven {
  readonly name?: string;
  readonly permissions?: readonly string[];
  readonly conditions?: object;
}

/** A platform, and short ways to work with roles on it. */
export interface RolesWorld {
  readonly platform: TestPlatform;
  /** A machine of the workspace with every scope. */
  readonly backend: Access;
  readonly admin: Access;
  /** Creates a role, by default as a backend, and answers with its id. */
  create(given: RoleGiven, by?: Access): Promise<RoleId>;
  /** Somebody who has a new role of this kind. */
  holder(given: RoleGiven, place?: Place): Promise<Access>;
  close(): Promise<void>;
}

export const ROLES = '/dashboard/v1/roles';

/** The body of a role. */
export function roleBody({ name = 'Some role', permissions = ['dashboard:users.read'], conditions = {} }: RoleGiven) {
  return { name, permissions, conditions };
}

/** The id of a role in an answer. */
export function roleIdOf({ body, text }: Answer): RoleId {
  if (!isRoleId(body.id)) throw new Error(`this is no role: ${text}`);
  return body.id;
}

export async function openRoles(options: Parameters<typeof startTestPlatform>[0] = {}): Promise<RolesWorld> {
  const platform = await startTestPlatform(options);
  const backend = await platform.machine(ACME);
  const create = async (given: RoleGiven, by = backend) =>
    roleIdOf(await call(by, 'POST', ROLES, { body: roleBody(given) }));
  return {
    platform,
    backend,
    admin: await platform.operator(ACME, 'admin'),
    create,
    holder: async (given, place = ACME) => platform.operator(place, await create(given, await platform.machine(place))),
    close: () => platform.close(),
  };
}

/** Sends a request and expects that it goes well. */
export async function done(access: Access, method: string, path: string, body?: object): Promise<Answer> {
  const answer = await call(access, method, path, body === undefined ? {} : { body });
  if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.text}`);
  return answer;
}
