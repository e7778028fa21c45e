import type { Contract } from '@laurel/contract';
import type { ActivityUpdate } from '@laurel/contract/activities/schema';
import { type Handlers, listingOf, pageOf, reachOf } from './call.ts';
import { dependentConditions } from './conditions.ts';
import { definitionHandlers } from './definitions.ts';
import { readerOf } from './reader.ts';
import { bestText } from './text.ts';

export const activities: Handlers<Contract['dashboard']['activities']> = definitionHandlers({
  kind: 'activities',
  idKind: 'activity',
  build: (body: ActivityUpdate, managed) => ({ ...body, ...managed }),
  references: () => [],
  conditions: ({ attributes }, rulebook, id) => dependentConditions(rulebook, id, attributes),
});

export const appActivities: Handlers<Contract['app']['activities']> = {
  async list(call) {
    const { definitions, languages } = await readerOf(call);
    const sendable = definitions.activities.filter(
      ({ status, playersMaySend }) => status === 'published' && playersMaySend,
    );
    const list = listingOf(sendable, reachOf(call, null), (activity) => activity.id);
    const body = pageOf(call, null, list, ({ id, name, description }) => ({
      id,
      name: bestText(name, languages),
      ...(description === undefined ? {} : { description: bestText(description, languages) }),
    }));
    return { body };
  },
};
