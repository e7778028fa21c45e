import type {
  Duration,
  GrantedReward,
  LedgerEntry,
  PlayerReward,
  RewardSource,
  ShownReward,
} from '../../generated/types.ts';
import { type Asked, NOT_FOUND, type Reply } from './reply.ts';
import type { World } from './world.ts';

/** Moves an amount into the player's wallet, or out of it, and tells how it stands in the ledger. */
export function post(
  world: World,
  currency: string,
  amount: number,
  reason: LedgerEntry['reason'],
  at: string,
): LedgerEntry {
  const wallets = world.lists.of('app.wallets.list');
  let wallet = wallets.find((one) => one.currency === currency);
  if (wallet === undefined) {
    wallet = { currency, available: 0, held: 0, pending: 0, owed: 0 };
    wallets.push(wallet);
  }
  wallet.available += amount;
  const transaction = world.newId('txn');
  const counterparty = amount > 0 ? 'system:issuance' : 'system:redemptions';
  const moved = { id: `${transaction}.1`, transaction, currency, amount, balance: wallet.available, counterparty };
  const entry = { ...moved, reason, correctedBy: null, occurredAt: at, postedAt: world.now() };
  world.lists.of('app.wallets.entries').unshift(entry);
  const told = { id: world.newId('hap'), workspace: 'main', userId: world.me.id, occurredAt: at };
  const data = { currency, change: amount, available: wallet.available };
  world.tell({ ...told, type: 'wallet.changed', data });
  return entry;
}

function secondsOf(duration: Duration): number {
  if (typeof duration === 'number') return duration;
  const parts = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(duration) ?? [];
  const [weeks, days, hours, minutes, seconds] = parts.slice(1).map((part) => Number(part ?? 0));
  return (((weeks ?? 0) * 7 + (days ?? 0)) * 24 + (hours ?? 0)) * 3600 + (minutes ?? 0) * 60 + (seconds ?? 0);
}

function expiryOf(claim: NonNullable<ShownReward['claim']>, at: string): string {
  return 'until' in claim ? claim.until : new Date(Date.parse(at) + secondsOf(claim.within) * 1000).toISOString();
}

/** Gives a reward, or lays it ready to be claimed; undefined where the real platform would work its amount out. */
export function grant(
  world: World,
  { claim, ...reward }: ShownReward,
  source: RewardSource,
  at: string,
): GrantedReward | undefined {
  if ('amount' in reward && reward.amount === null) return undefined;
  const id = world.newId('rwd');
  const expiresAt = claim === undefined ? null : expiryOf(claim, at);
  const state = claim === undefined ? 'granted' : 'claimable';
  const facts = { id, source, state, grantedAt: at, expiresAt, claimedAt: null } as const;
  const claimed = { source, claim: expiresAt === null ? null : { id, expiresAt } };
  const rewards = world.lists.of('app.rewards.list');
  if (!('amount' in reward)) {
    rewards.unshift({ ...reward, ...facts });
    return { ...reward, ...claimed };
  }
  const { amount } = reward;
  if (amount === null) return undefined;
  rewards.unshift({ ...reward, ...facts, amount });
  return { ...reward, ...claimed, amount };
}

/** Claims a reward: an amount goes into its wallet, once. */
export function claimReward(world: World, { params }: Asked): Reply {
  const rewards = world.lists.of('app.rewards.list');
  const index = rewards.findIndex(({ id }) => id === params.id);
  const reward = rewards[index];
  if (reward === undefined) return NOT_FOUND;
  if (reward.state === 'claimed' || reward.state === 'granted') return { body: reward };
  const now = world.now();
  if (reward.state === 'expired' || (reward.expiresAt !== null && reward.expiresAt <= now))
    return { problem: 'claim_expired', detail: 'It could be claimed until its time was over.' };
  const claimed: PlayerReward = { ...reward, state: 'claimed', claimedAt: now };
  rewards[index] = claimed;
  if (reward.kind === 'currency')
    post(world, reward.currency, reward.amount, { kind: 'grant', by: 'system:claims', note: 'claimed' }, now);
  return { body: claimed };
}

/** Redeems an item of the catalogue: its price leaves the wallets, and one less is left. */
export function redeem(world: World, { params }: Asked): Reply {
  const item = world.lists.of('app.catalog.list').find(({ id }) => id === params.id);
  if (item === undefined) return NOT_FOUND;
  if (item.left === 0) return { problem: 'sold_out', detail: 'None is left.' };
  if (item.perPlayer !== null && item.mine >= item.perPlayer)
    return { problem: 'unprocessable', detail: `A player can have ${item.perPlayer} of it.` };
  const wallets = world.lists.of('app.wallets.list');
  const has = (currency: string) => wallets.find((wallet) => wallet.currency === currency)?.available ?? 0;
  if (item.price.some(({ currency, amount }) => has(currency) < amount))
    return { problem: 'insufficient_funds', detail: 'The price is more than what is available.' };
  const id = world.newId('rdm');
  const now = world.now();
  for (const { currency, amount } of item.price)
    post(world, currency, -amount, { kind: 'redemption', redemption: id, item: item.id }, now);
  item.mine += 1;
  if (item.left !== null) item.left -= 1;
  const paid = { id, item: item.id, itemVersion: 1, userId: world.me.id, price: item.price, source: null, note: null };
  const settled = { redeemedAt: now, expiresAt: null, settledAt: now, code: null };
  const redemption = { ...paid, ...settled, state: 'fulfilled' as const };
  world.lists.of('app.redemptions.list').unshift(redemption);
  return { status: 201, body: redemption };
}
