import type { LedgerLeg, PlainReward } from '@laurel/contract/types';
import type { Grant, GrantCreate, User } from '@laurel/contract/users/schema';
import { ISSUANCE, walletAccount } from '../domain/index.ts';
import { kindLabel } from '../store/definition-items.ts';
import type { Rulebook } from '../store/definitions.ts';
import { saveTransaction } from '../store/transactions.ts';
import { planAct } from './acts.ts';
import { type Answer, authorOf, type CallContext } from './call.ts';
import { assertPlays } from './may-play.ts';
import { ProblemError, unknownReference } from './problem.ts';
import { rewardReferences } from './promises.ts';
import { playerQueue } from './serial.ts';
import { fitting, refuseBreaches } from './transactions.ts';

/** What a grant names must exist. */
function assertKnown({ definitions }: Rulebook, rewards: readonly PlainReward[]): void {
  const unknown = rewardReferences(rewards).find(
    ({ kind, id }) => !definitions[kind].some((one) => one.id === id && one.status !== 'draft'),
  );
  if (unknown !== undefined) throw unknownReference(unknown.pointer, kindLabel(unknown.kind));
}

/** The legs of what was given in amounts. */
function legsOf(userId: string, ledger: Grant['ledger']): LedgerLeg[] {
  return ledger.flatMap(({ currency, amount, counterparty }) =>
    counterparty === ISSUANCE
      ? [
          { account: walletAccount(userId), currency, amount },
          { account: ISSUANCE, currency, amount: -amount },
        ]
      : [],
  );
}

/** Gives something by hand: all of it, or nothing. What it is in amounts is one transaction, which can be reversed. */
export async function giveByHand(
  call: CallContext,
  user: User,
  { rewards, note }: GrantCreate,
): Promise<Answer<Grant>> {
  assertPlays(user, 'The user is suspended and earns nothing.');
  const rulebook = await call.platform.rulebooks(call.scope);
  assertKnown(rulebook, rewards);
  const by = authorOf(call);
  const transaction = call.platform.newId('ledgerTransaction');
  const act = { kind: 'credit', rewards, reason: { kind: 'grant', by, note }, transaction } as const;
  const { outcome, ledger, writes } = await planAct(call, user, act);
  const asked = rewards.map((reward, index) => ({
    amount: 'amount' in reward ? reward.amount : 0,
    pointer: `/rewards/${index}/amount`,
  }));
  refuseBreaches({ outcome }, asked, 'grant');
  const refused = outcome.withheld.find((one) => 'source' in one && one.source.kind === 'grant');
  if (refused?.why === 'sold_out') throw new ProblemError('sold_out');
  if (refused !== undefined) throw new ProblemError('unprocessable', 'An item is archived, or it is not its time.');
  const legs = legsOf(
    user.id,
    ledger.filter((entry) => entry.transaction === transaction),
  );
  const kept = {
    id: transaction,
    kind: 'grant',
    legs,
    note,
    by,
    holds: [],
    reverses: null,
    reversedBy: null,
    redemption: null,
  };
  const saved = saveTransaction(call.platform.table, call.scope, { ...kept, createdAt: call.now });
  const all = legs.length === 0 ? writes : [...writes, saved];
  return {
    body: { userId: user.id, note, ledger: [...ledger] },
    writes: fitting(all),
    queue: playerQueue(call.scope, user.id),
  };
}
