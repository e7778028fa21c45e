import { accountOwner } from '../domain/index.ts';
import { type Key, sortParts } from './scope.ts';
import type { Item } from './table.ts';

/** A place in an item: an attribute, or something inside of it. */
export type Path = readonly [string, ...string[]];

/** What of an item is personal, and whose it is. */
export interface Personal {
  readonly paths: readonly Path[];
  /** Whose key it is sealed with, told from the item; null is the workspace's. */
  readonly ownerOf: (item: Item) => string | null;
}

const NOTES: readonly Path[] = [
  ['record', 'reason', 'note'],
  ['entry', 'reason', 'note'],
];

/** What is personal in a player's own partition, by the first part of the sort key. */
const ofPlayers: Readonly<Record<string, readonly Path[]>> = {
  PROFILE: [['record']],
  // Conditions see the user, and events say what they did: both are kept with each entry, and with what it came to.
  HISTORY: [['entry'], ['folded'], ['voided']],
  FOLDED: [['record']],
  SHEET: [['record']],
  SNAPSHOT: [['record']],
  PACK: [['record']],
  CLAIM: [['record']],
  REDEMPTION: [
    ['record', 'note'],
    ['record', 'code'],
  ],
  LEG: NOTES,
  BADGE: [['record', 'change', 'reason']],
};

const receipt: readonly Path[] = [['receipt']];

/** Whose an account is. */
function ownerOfAccount(account: unknown): string | undefined {
  return accountOwner(String(account));
}

/** The user in a record's field, or the workspace. */
function fieldOf(item: Item, field: string): unknown {
  const { record } = item;
  return record !== null && typeof record === 'object' ? Reflect.get(record, field) : undefined;
}

function textOr(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/** The first user among the legs of a transaction. */
function userAmongLegs(item: Item): string | null {
  const legs = fieldOf(item, 'legs');
  if (!Array.isArray(legs)) return null;
  const owners = legs.map((leg: unknown) => ownerOfAccount(Object(leg).account));
  return owners.find((owner) => owner !== undefined) ?? null;
}

/**
 * What is personal in the item of a key: the one list of where persons' words, and what is said of them, rest in the
 * table. Whatever stands in no row of it holds ids, numbers and times alone; `test/privacy/canary.test.ts` looks.
 */
export function personalIn({ pk, sk }: Key): Personal | undefined {
  const [, , , , kind = '', own = ''] = sortParts(pk);
  switch (kind) {
    case 'U': {
      const paths = ofPlayers[sk.split('#', 1)[0] ?? ''];
      return paths && { paths, ownerOf: () => own };
    }
    case 'E':
      return { paths: receipt, ownerOf: (item) => textOr(fieldOf(item, 'userId')) };
    case 'ACCOUNT':
      return {
        paths: NOTES,
        ownerOf: (item) =>
          ownerOfAccount(fieldOf(item, 'account')) ?? ownerOfAccount(fieldOf(item, 'counterparty')) ?? null,
      };
    case 'TXN':
      return { paths: [['record', 'note']], ownerOf: userAmongLegs };
    case 'ANSWER':
      return { paths: [['record', 'body']], ownerOf: (item) => textOr(item.owner) };
    default:
      return undefined;
  }
}
