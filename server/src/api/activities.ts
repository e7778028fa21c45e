import type { Contract } from '@laurel/contract';
import { type Handlers, listingOf, pageOf, reachOf } from './call.ts';
import type { DefinitionType } from './definition-type.ts';
import { readerOf } from './reader.ts';
import { bestText } from './text.ts';

/** What is particular to activities. */
export const activityType: DefinitionType<'activities'> = {
  kind: 'activities',
  idKind: 'activity',
  build: (body, managed) => ({ ...body, ...managed }),
  references: () => [],
};

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
