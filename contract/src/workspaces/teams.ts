import * as z from 'zod';

/** The most members that a team can have. */
export const MAX_CAPACITY = 1000;

/** How many members a team takes. */
export const Capacity = z
  .int()
  .min(1)
  .max(MAX_CAPACITY)
  .meta({ id: 'TeamCapacity', description: 'How many members a team takes at most.', example: 50 });

/** What a workspace says of its teams. */
export const TeamSettings = z
  .strictObject({
    playersMayCreate: z
      .boolean()
      .default(false)
      .meta({ description: "Whether a player's own client may make teams; otherwise only backends." }),
    capacity: Capacity.default(50).meta({ description: 'The capacity of teams that name none.' }),
  })
  .meta({
    id: 'TeamSettings',
    description: 'What players may do with teams.',
    example: { playersMayCreate: false, capacity: 50 },
  });
export type TeamSettings = z.infer<typeof TeamSettings>;
