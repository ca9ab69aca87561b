import { createHash } from "node:crypto";

/** Throws that are always the same for the same seed. */
export interface Dice {
  /** One of these. */
  pick<Item>(items: readonly [Item, ...Item[]]): Item;
  /** One of these, by its share; shares are whole numbers. */
  weighted<Item>(
    items: readonly [readonly [share: number, item: Item], ...(readonly [number, Item])[]],
  ): Item;
  /** Whether something of this share, in percent, comes up. */
  percent(share: number): boolean;
  /** A whole number from 0 up to and without the limit, which is 65,536 at most. */
  below(limit: number): number;
}

/** Dice for a seed, good for some thirty throws before they begin anew. */
export function dice(seed: string): Dice {
  const bytes = createHash("sha512").update(seed).digest();
  let at = 0;
  const below = (limit: number) => {
    const drawn = bytes.readUInt16BE(at) % limit;
    at = (at + 2) % bytes.length;
    return drawn;
  };
  return {
    below,
    pick: (items) => items[below(items.length)] ?? items[0],
    percent: (share) => below(100) < share,
    weighted: (items) => {
      let left = below(items.reduce((sum, [share]) => sum + share, 0));
      for (const [share, item] of items) {
        if (left < share) return item;
        left -= share;
      }
      return items[0][1];
    },
  };
}
