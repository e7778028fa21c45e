/** The names of the accounts between which the ledger moves amounts. */

/** What players earn comes from here; its legs are the negative of what was brought into the world. */
export const ISSUANCE = 'system:issuance';
/** What players spend goes here. */
export const SINK = 'system:sink';
/** What players let expire goes here. */
export const EXPIRED = 'system:expired';

/** The account of what a player can spend. */
export function walletAccount(userId: string): string {
  return `user:${userId}`;
}

/** The account of what a player has set aside for something that is not settled yet. */
export function heldAccount(userId: string): string {
  return `held:${userId}`;
}

/** The account of what a player owes: its balance is the negative of that. */
export function owedAccount(userId: string): string {
  return `owed:${userId}`;
}

/** Whose account of what is held an account is; nothing where it is none. */
export function heldOwner(account: string): string | undefined {
  return account.startsWith('held:') ? account.slice('held:'.length) : undefined;
}

/** Whose wallet an account is; nothing where it is none. */
export function walletOwner(account: string): string | undefined {
  return account.startsWith('user:') ? account.slice('user:'.length) : undefined;
}

/** Whose account it is, of whichever of the three; nothing where it is nobody's. */
export function accountOwner(account: string): string | undefined {
  const [kind, ...owner] = account.split(':');
  return kind === 'user' || kind === 'held' || kind === 'owed' ? owner.join(':') : undefined;
}
