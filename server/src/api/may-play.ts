import type { User } from '@laurel/contract/users/schema';
import { ProblemError } from './problem.ts';

/** Refuses what is done for users who play alone: whoever is suspended earns, buys and gives nothing, as it says. */
export function assertPlays({ status }: Pick<User, 'status'>, suspended: string): void {
  assertProcessed({ status });
  if (status !== 'active') throw new ProblemError('unprocessable', suspended);
}

/** Refuses whatever moves a restricted user, whoever asks for it. */
export function assertProcessed({ status }: Pick<User, 'status'>): void {
  if (status === 'restricted')
    throw new ProblemError(
      'unprocessable',
      'The user is restricted: nothing of them is processed until they are released.',
    );
}
