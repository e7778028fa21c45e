import * as z from 'zod';
import { Id } from '../shared/ids.ts';
import { Version } from '../shared/numbers.ts';
import { Label, Text } from '../shared/text.ts';
import { Instant, Zone } from '../shared/time.ts';
import { IpAddress, IpRange } from './addresses.ts';

export { IpAddress };

/** The roles that every workspace has, the strongest first; no other role can have their names. */
export const builtInRoles = ['owner', 'admin', 'manager', 'member', 'viewer'] as const;

/** A role, by its name or its id. */
export const RoleId = z
  .string()
  .regex(/^(?:owner|admin|manager|member|viewer|rol_[0-9A-HJKMNP-TV-Z]{26})$/, 'use the id of a role')
  .meta({
    id: 'RoleId',
    description: 'Which role: `owner`, `admin`, `manager`, `member`, `viewer`, or the id of one of the workspace.',
    example: 'viewer',
  });
export type RoleId = z.infer<typeof RoleId>;

/** A permission: what a Cedar action of the dashboard lets people do. */
export const Permission = z
  .string()
  .regex(/^dashboard:[a-z-]{1,40}\.[a-z-]{1,40}$/, 'use a permission of the dashboard, such as dashboard:missions.read')
  .meta({
    id: 'Permission',
    description: 'A permission of the dashboard; which routes ask for which stands in the OpenAPI document.',
    example: 'dashboard:missions.read',
  });
export type Permission = z.infer<typeof Permission>;

/** The days of a week, as the ISO counts them. */
export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

const Time = z
  .string()
  .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'use a time such as 09:00')
  .meta({ id: 'TimeOfDay', description: 'A time of day, `HH:MM`.', example: '09:00' });

/** When a role is of use. */
export const OfficeHours = z
  .strictObject({
    days: z.array(z.enum(weekdays)).min(1).max(7),
    from: Time.meta({ description: 'The first minute.', example: '09:00' }),
    to: Time.meta({
      description: 'The minute when it is over; before `from` it is on the next day. `24:00` is midnight.',
      example: '18:00',
    }),
    zone: Zone,
  })
  .refine(({ from, to }) => from !== to, { path: ['to'], error: 'the hours end at another minute than they begin' })
  .refine(({ from }) => from !== '24:00', { path: ['from'], error: 'a day begins at 00:00' })
  .meta({
    id: 'OfficeHours',
    description: 'Days and hours by the clocks of a zone. A night belongs to the day on which it begins.',
    example: { days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '09:00', to: '18:00', zone: 'Europe/Rome' },
  });
export type OfficeHours = z.infer<typeof OfficeHours>;

/** Which players a role shows, by what is known of them. */
export const ShownUsers = z
  .strictObject({
    attribute: z
      .string()
      .regex(/^[A-Za-z][A-Za-z0-9_]{0,63}$/, 'use the name of an attribute')
      .meta({ example: 'region' }),
    values: z
      .array(z.union([z.string().max(200), z.number(), z.boolean()]))
      .min(1)
      .max(20)
      .meta({ example: ['north'] }),
  })
  .meta({
    id: 'ShownUsers',
    description: 'Only users who have one of these values of an attribute that the workspace declares.',
    example: { attribute: 'region', values: ['north'] },
  });

/** Under what conditions a role holds. */
export const RoleConditions = z
  .strictObject({
    users: ShownUsers.optional(),
    teams: z.array(Id).min(1).max(10).optional().meta({ description: 'Only these teams and their members.' }),
    hours: OfficeHours.optional(),
    addresses: z
      .array(IpRange)
      .min(1)
      .max(20)
      .optional()
      .meta({ description: 'Only from these addresses: IPv4 or IPv6, one or a range (CIDR).' }),
  })
  .meta({
    id: 'RoleConditions',
    description:
      'What must hold for each call. With `users` or `teams` a role sees those players alone: what concerns others is not found, and what concerns everybody is refused.',
    example: { addresses: ['0.0.0.0/0', '::/0'] },
  });
export type RoleConditions = z.infer<typeof RoleConditions>;

const fields = {
  name: Label,
  description: Text.nullable().default(null),
  permissions: z.array(Permission).min(1).max(150),
  conditions: RoleConditions.default({}),
};

/** What to create a role from. */
export const RoleCreate = z.strictObject(fields).meta({
  id: 'RoleCreate',
  description: 'A new role: a set of permissions, with conditions.',
  example: { name: 'Analyst', permissions: ['dashboard:missions.read', 'dashboard:users.read'] },
});
export type RoleCreate = z.infer<typeof RoleCreate>;

/** What a role is to be. */
export const RoleUpdate = z.strictObject(fields).meta({
  id: 'RoleUpdate',
  description: 'All that the role is to be from now on.',
  example: { name: 'Analyst', permissions: ['dashboard:missions.read'] },
});
export type RoleUpdate = z.infer<typeof RoleUpdate>;

/** A role of a workspace. */
export const Role = z
  .object({
    id: RoleId,
    name: z.string().meta({ example: 'Analyst' }),
    description: z.string().nullable(),
    builtIn: z.boolean().meta({ description: 'Whether every workspace has it; such a role cannot be changed.' }),
    permissions: z.array(z.string().meta({ example: 'dashboard:missions.read' })),
    conditions: RoleConditions,
    version: Version,
    createdAt: Instant.nullable().meta({ description: 'Null for what is built in.' }),
    updatedAt: Instant.nullable(),
  })
  .meta({ id: 'Role', description: 'A named set of permissions, with the conditions under which it holds.' });
export type Role = z.infer<typeof Role>;
