import * as z from 'zod';
import { Event } from '../events/schema.ts';
import { page } from '../shared/page.ts';
import { Instant } from '../shared/time.ts';
import { User } from '../users/schema.ts';

/** The name that stands for somebody or something that nobody is to recognise. */
export const Pseudonym = z
  .string()
  .regex(/^psn_[A-Za-z0-9_-]{22}$/)
  .meta({
    id: 'Pseudonym',
    description:
      'A keyed hash: the same in all exports of one workspace, another in each workspace. It is worked out by the key of the user and one of the workspace: without either nobody can tell whose it was.',
    example: 'psn_q2v5mJ0bq0cJ1tGk8Zc4Zw',
  });

/** An event without a word of anybody. What is left out follows from the marks of `Event`; a test compares them. */
export const PseudonymousEvent = Event.omit({ attributes: true })
  .extend({
    id: Pseudonym.meta({ description: 'The event, by a pseudonym.' }),
    userId: Pseudonym.meta({ description: 'Whose it is, by a pseudonym.' }),
  })
  .meta({ id: 'PseudonymousEvent', description: 'An event without a word of anybody.' });
export type PseudonymousEvent = z.infer<typeof PseudonymousEvent>;

export const PseudonymousEventPage = page('PseudonymousEventPage', PseudonymousEvent);

/** A user without a word of them. */
export const PseudonymousUser = User.omit({
  externalId: true,
  displayName: true,
  language: true,
  zone: true,
  attributes: true,
  tags: true,
})
  .extend({ id: Pseudonym.meta({ description: 'The user, by a pseudonym.' }) })
  .meta({ id: 'PseudonymousUser', description: 'A user without a word of them.' });
export type PseudonymousUser = z.infer<typeof PseudonymousUser>;

export const PseudonymousUserPage = page('PseudonymousUserPage', PseudonymousUser);

/** That all have other pseudonyms from now on. */
export const PseudonymsRenewed = z
  .object({ renewedAt: Instant })
  .meta({ id: 'PseudonymsRenewed', description: 'Since when all have other pseudonyms.' });
