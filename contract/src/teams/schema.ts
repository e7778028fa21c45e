import * as z from 'zod';
import { Id } from '../shared/ids.ts';
import { Version } from '../shared/numbers.ts';
import { Label } from '../shared/text.ts';
import { Instant } from '../shared/time.ts';
import { Capacity } from '../workspaces/teams.ts';

/** Who finds a team. */
export const TeamVisibility = z.enum(['public', 'private']).meta({
  id: 'TeamVisibility',
  description: 'Everybody finds a `public` team; a `private` one is there for its members, and for who has its code.',
});
export type TeamVisibility = z.infer<typeof TeamVisibility>;

/** Whether a team takes new members. */
export const TeamJoining = z
  .enum(['open', 'closed'])
  .meta({ id: 'TeamJoining', description: 'Whether a team takes new members.' });
export type TeamJoining = z.infer<typeof TeamJoining>;

/** What a member of a team is. */
export const TeamRole = z.enum(['captain', 'member']).meta({
  id: 'TeamRole',
  description: 'A captain may change the team, remove members and make captains. A team with members has a captain.',
});
export type TeamRole = z.infer<typeof TeamRole>;

const name = Label.meta({ example: 'Red Pandas' });

/** What to create a team from. */
export const TeamCreate = z
  .strictObject({
    id: Id.optional().meta({ description: 'Your own id; Laurel makes one where it is missing.' }),
    name,
    visibility: TeamVisibility.default('public'),
    joining: TeamJoining.default('open'),
    capacity: Capacity.optional().meta({ description: "The workspace's where it is missing." }),
  })
  .meta({ id: 'TeamCreate', description: 'A new team.', example: { id: 'red-pandas', name: 'Red Pandas' } });
export type TeamCreate = z.infer<typeof TeamCreate>;

/** What players create a team from. */
export const PlayerTeamCreate = z
  .strictObject({ name, visibility: TeamVisibility.default('public') })
  .meta({ id: 'PlayerTeamCreate', description: 'A new team.', example: { name: 'Red Pandas' } });
export type PlayerTeamCreate = z.infer<typeof PlayerTeamCreate>;

const changeable = { name: name.optional(), visibility: TeamVisibility.optional(), joining: TeamJoining.optional() };
const CHANGES = 'What to change of a team; what is missing stays.';

/** What operators can change of a team. */
export const TeamUpdate = z
  .strictObject({ ...changeable, capacity: Capacity.optional() })
  .meta({ id: 'TeamUpdate', description: CHANGES, example: { name: 'Red Pandas', capacity: 20 } });
export type TeamUpdate = z.infer<typeof TeamUpdate>;

/** What captains can change of a team. */
export const PlayerTeamUpdate = z
  .strictObject(changeable)
  .meta({ id: 'PlayerTeamUpdate', description: CHANGES, example: { name: 'Red Pandas', joining: 'open' } });
export type PlayerTeamUpdate = z.infer<typeof PlayerTeamUpdate>;

const fields = {
  id: Id,
  name: z.string().meta({ example: 'Red Pandas' }),
  visibility: TeamVisibility,
  joining: TeamJoining,
  capacity: Capacity,
  size: z.int().min(0).meta({ description: 'How many members it has.', example: 7 }),
  version: Version,
};
const joinCode = z.string().meta({ description: 'What invites to it.', example: '7Q4MZ0X2K9TR5V1C' });

/** Players who play together, as operators see them. */
export const Team = z
  .object({ ...fields, joinCode, createdAt: Instant, updatedAt: Instant })
  .meta({ id: 'Team', description: 'Players who play together.' });
export type Team = z.infer<typeof Team>;

/** A team as players see it. */
export const PlayerTeam = z
  .object({
    ...fields,
    role: TeamRole.nullable().meta({ description: 'What I am in it; null where I am not in it.' }),
    joinCode: joinCode.nullable().meta({ description: 'What invites to it; captains alone see it.' }),
  })
  .meta({ id: 'PlayerTeam', description: 'A team, and what I am in it.' });
export type PlayerTeam = z.infer<typeof PlayerTeam>;

/** A member of a team, as operators see them. */
export const TeamMember = z
  .object({ id: Id, userId: Id, role: TeamRole, joinedAt: Instant })
  .meta({ id: 'TeamMember', description: 'A member of a team.' });
export type TeamMember = z.infer<typeof TeamMember>;

/** A member of a team, as players see them. */
export const PlayerTeamMember = z
  .object({
    id: Id.meta({ description: 'Names the member in this team, until they leave.' }),
    displayName: z.string().meta({ example: 'Ada' }),
    role: TeamRole,
    joinedAt: Instant,
    isMe: z.boolean(),
  })
  .meta({ id: 'PlayerTeamMember', description: 'A member of a team.' });
export type PlayerTeamMember = z.infer<typeof PlayerTeamMember>;

/** A stretch of time that a player was in a team. */
export const TeamMembership = z
  .object({
    team: Id,
    member: Id,
    joinedAt: Instant,
    leftAt: Instant.nullable().meta({ description: 'The first moment after it; null while it lasts.', example: null }),
  })
  .meta({ id: 'TeamMembership', description: 'A stretch of time that a player was in a team.' });
export type TeamMembership = z.infer<typeof TeamMembership>;

/** How to join a team. */
export const TeamJoin = z
  .strictObject({
    joinCode: z
      .string()
      .max(64)
      .optional()
      .meta({ description: 'What invites to a private team.', example: '7Q4MZ0X2K9TR5V1C' }),
  })
  .meta({ id: 'TeamJoin', description: 'How to join a team.', example: {} });
export type TeamJoin = z.infer<typeof TeamJoin>;

/** Whom to put into a team. */
export const TeamMemberAdd = z
  .strictObject({
    userId: Id,
    joinedAt: Instant.optional().meta({
      description: 'Since when; now where it is missing. Not before they last joined or left a team, nor ahead.',
    }),
  })
  .meta({ id: 'TeamMemberAdd', description: 'Whom to put into a team.' });
export type TeamMemberAdd = z.infer<typeof TeamMemberAdd>;

/** What a member is to be. */
export const TeamRoleChange = z
  .strictObject({ role: TeamRole })
  .meta({ id: 'TeamRoleChange', description: 'What a member is to be.', example: { role: 'captain' } });
export type TeamRoleChange = z.infer<typeof TeamRoleChange>;
