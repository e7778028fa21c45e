import * as z from 'zod';
import { c, changes, reads } from '../route.ts';
import { Id } from '../shared/ids.ts';
import { Version } from '../shared/numbers.ts';
import { UserAttributes } from '../users/attributes.ts';
import { MeUpdate, profileFields } from '../users/schema.ts';

/** The player who calls. */
export const Me = z
  .object({
    id: Id.meta({ example: 'usr_01JD8QZ4M3V5K7R9T1X3Z5B7D9' }),
    externalId: Id.nullable().meta({ example: 'player-7' }),
    ...profileFields,
    attributes: UserAttributes.meta({ description: 'Those that the workspace lets players read or write.' }),
    version: Version,
  })
  .meta({ id: 'Me', description: 'The player who calls.' });
export type Me = z.infer<typeof Me>;

export const me = c.router({
  get: {
    method: 'GET',
    path: '/me',
    summary: 'Get my profile',
    description: 'Who I am here.',
    responses: { 200: Me },
    metadata: reads('app', 'me', { etag: true }),
  },
  update: {
    method: 'PATCH',
    path: '/me',
    summary: 'Change my profile',
    description:
      'Changes what the body names, with the ETag that was read as If-Match; attributes, where the workspace lets players write them.',
    body: MeUpdate,
    responses: { 200: Me },
    metadata: changes('app', 'me', 'play', { idempotency: 'safe', etag: true }),
  },
});
