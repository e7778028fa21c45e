/** How many keys a block holds at most; a full one is cut in two. */
const BLOCK = 1024;

/** A set of texts in order, in which the place of each is found without walking over those before it. */
export interface OrderedKeys {
  readonly size: number;
  /** Adds a key; false where it was there. */
  add(key: string): boolean;
  /** Takes a key out; false where it was not there. */
  delete(key: string): boolean;
  /** How many keys come before a text. */
  countBefore(text: string): number;
  /** How many keys come before a text or are it. */
  countUpTo(text: string): number;
  /** The keys from a place on, at most so many. */
  slice(from: number, limit: number): string[];
}

/**
 * Makes the set from keys in order. It is a list of blocks of sorted keys: a key is found by binary search over the
 * blocks and within one, a place by adding up the lengths of the blocks before it, of which a million keys have some
 * thousand. Adding moves at most one block's keys.
 */
export function orderedKeys(sorted: readonly string[] = []): OrderedKeys {
  const blocks: string[][] = [];
  for (let start = 0; start < sorted.length; start += BLOCK / 2) blocks.push(sorted.slice(start, start + BLOCK / 2));
  let size = sorted.length;

  /** The first block whose last key is not before the text: the one that it is in, or belongs into. */
  function blockOf(text: string): number {
    let [low, high] = [0, blocks.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      const last = blocks[middle]?.at(-1);
      if (last !== undefined && last < text) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  function lengthBefore(block: number): number {
    let sum = 0;
    for (let index = 0; index < block; index += 1) sum += blocks[index]?.length ?? 0;
    return sum;
  }

  function countBefore(text: string): number {
    const index = blockOf(text);
    return lengthBefore(index) + placeIn(blocks[index] ?? [], text);
  }

  return {
    get size() {
      return size;
    },
    add(key) {
      const index = Math.min(blockOf(key), Math.max(0, blocks.length - 1));
      const block = blocks[index];
      if (block === undefined) {
        blocks.push([key]);
        size += 1;
        return true;
      }
      const place = placeIn(block, key);
      if (block[place] === key) return false;
      block.splice(place, 0, key);
      size += 1;
      if (block.length > BLOCK) blocks.splice(index + 1, 0, block.splice(BLOCK / 2));
      return true;
    },
    delete(key) {
      const index = blockOf(key);
      const block = blocks[index];
      const place = block === undefined ? -1 : placeIn(block, key);
      if (block === undefined || block[place] !== key) return false;
      block.splice(place, 1);
      size -= 1;
      if (block.length === 0) blocks.splice(index, 1);
      return true;
    },
    countBefore,
    countUpTo(text) {
      const before = countBefore(text);
      const index = blockOf(text);
      const block = blocks[index] ?? [];
      return block[placeIn(block, text)] === text ? before + 1 : before;
    },
    slice(from, limit) {
      const found: string[] = [];
      let skipped = 0;
      for (const block of blocks) {
        if (found.length >= limit) break;
        const start = Math.max(0, from - skipped);
        if (start < block.length) found.push(...block.slice(start, start + limit - found.length));
        skipped += block.length;
      }
      return found;
    },
  };
}

/** Where a text is in sorted keys, or would be. */
function placeIn(keys: readonly string[], text: string): number {
  let [low, high] = [0, keys.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const key = keys[middle];
    if (key !== undefined && key < text) low = middle + 1;
    else high = middle;
  }
  return low;
}
