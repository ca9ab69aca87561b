import { problem } from "../server/reply.ts";

interface Href {
  readonly href: string;
}

/** One page of a list and the links around it. */
export interface ListPage<Item> {
  readonly items: readonly Item[];
  readonly links: { readonly self: Href; readonly next?: Href };
}

const largest = 200;

/**
 * Cuts the page out of a list that `page[size]` (1 to 200, 100 when left out) and `page[after]` ask for.
 *
 * @param path the address of the list, for the links
 * @throws Refusal with 400 when the size is out of range
 */
export function pageOf<Item>(
  items: readonly Item[],
  path: string,
  query: URLSearchParams,
): ListPage<Item> {
  const size = Number(query.get("page[size]") ?? 100);
  const start = Number(query.get("page[after]") ?? 0);
  if (!Number.isInteger(size) || size < 1 || size > largest || !Number.isInteger(start)) {
    throw problem(400, "The page is not valid.", {
      "page[size]": [`must be a whole number from 1 to ${largest}`],
    });
  }
  const end = start + size;
  const address = (after: number) => {
    const next = new URLSearchParams(query);
    next.set("page[after]", String(after));
    return { href: `${path}?${next}` };
  };
  const self = query.size === 0 ? { href: path } : { href: `${path}?${query}` };
  return {
    items: items.slice(start, end),
    links: end < items.length ? { self, next: address(end) } : { self },
  };
}
