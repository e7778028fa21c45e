import type { Contract } from '@laurel/contract';
import type { Handlers } from './call.ts';
import { assertPlays } from './may-play.ts';
import { invalidField, ProblemError, unknownReference } from './problem.ts';
import { findUser, playerOf } from './reader.ts';
import { planTransaction } from './transactions.ts';

export const transfers: Handlers<Contract['app']['transfers']> = {
  async create(call) {
    const { userId, externalUserId, currency, amount, note = '' } = call.body;
    if ((userId === undefined) === (externalUserId === undefined)) {
      throw invalidField('/userId', 'name the player by userId or by externalUserId');
    }
    const from = await playerOf(call);
    const { ruleset } = await call.platform.rulebooks(call.scope);
    const definition = ruleset.currencies.get(currency);
    if (definition === undefined) throw unknownReference('/currency', 'currency');
    if (definition.transferable !== true) {
      throw new ProblemError('unprocessable', 'Players cannot give this currency to one another.');
    }
    const pointer = userId === undefined ? '/externalUserId' : '/userId';
    const to = await findUser(call, userId === undefined ? { externalUserId: externalUserId ?? '' } : { userId });
    if (to === undefined || to.status !== 'active') throw unknownReference(pointer, 'user');
    if (to.id === from.id) throw new ProblemError('unprocessable', 'A player cannot give something to themselves.');
    assertPlays(from, 'The user is suspended and gives nothing.');
    const legs = [
      { on: from, currency, amount: -amount, pointer: '/amount' },
      { on: to, currency, amount, pointer: '/amount' },
    ];
    const { transaction, ...rest } = await planTransaction(call, { kind: 'transfer', note, legs });
    return { body: { id: transaction.id, to: to.id, currency, amount, note, createdAt: call.now }, ...rest };
  },
};
