import * as z from 'zod';

/** A condition in CEL, the Common Expression Language; what it may say is checked where it is saved. */
export const Condition = z.string().trim().min(1).max(2000).meta({
  id: 'Condition',
  description:
    'True or false, in CEL, over `event` (`id`, `activity`, `value`, `occurredAt`, `attributes`), `user` (`id`, `language`, `zone`, `attributes`, `tags`), `player` (`balances`, `levels`, `badges` and `counters`, as they were before the event) and `now` (the moment of the event, however late it is told). At most 200 nodes, no loop inside a loop, no regular expressions.',
  example: 'event.value >= 10 && user.language == "en"',
});
export type Condition = z.infer<typeof Condition>;
