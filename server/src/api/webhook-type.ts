import { MAX_WEBHOOKS } from '@laurel/contract/webhooks/schema';
import { assertDestination, DestinationError } from '../webhooks/destination.ts';
import type { DefinitionType } from './definition-type.ts';
import { ProblemError } from './problem.ts';

/** What is particular to webhooks. */
export const webhookType: DefinitionType<'webhooks'> = {
  kind: 'webhooks',
  idKind: 'webhook',
  most: MAX_WEBHOOKS,
  build: (body, managed) => ({ ...body, ...managed }),
  references: () => [],
  asHere: (body, { url }) => ({ ...body, url }),
  /** Refuses what a webhook may not lead to, and says no more than that. */
  async assertAllowed({ platform }, { url }, pointer) {
    try {
      await assertDestination(url, platform.destinations);
    } catch (error) {
      if (!(error instanceof DestinationError)) throw error;
      const message = 'not a public https destination';
      const errors = [{ pointer: `${pointer}/url`, code: 'destination_not_allowed', message }];
      throw new ProblemError('destination_not_allowed', undefined, { errors });
    }
  },
};
