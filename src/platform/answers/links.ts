import * as v from "valibot";

/** `_links` of a resource by name. A link may be an object or an array of them, so each is read when needed. */
export type Links = Readonly<Record<string, unknown>>;

/** The links of a resource by their names; none where the answer has none. */
export const linksSchema = v.nullish(v.record(v.string(), v.unknown()), {});

const link = v.object({ href: v.string() });

/** The operations that this account may do on the resource now: the names of the links with `#`, without it. */
export function operationsOf(links: Links): readonly string[] {
  return Object.keys(links)
    .filter((name) => name.startsWith("#"))
    .map((name) => name.slice(1));
}

/**
 * The paths of the links whose name passes `wanted`, below the API's address. Only path and query of
 * a link are kept: its host is often that of a region, and the token goes nowhere but to the API.
 * @param api address of the API, without a slash at the end
 * @param from path of the answer that the links are in
 */
export function linkedPaths(
  links: Links,
  wanted: (name: string) => boolean,
  api: string,
  from: string,
): readonly string[] {
  return Object.entries(links).flatMap(([name, value]) => {
    const parsed = v.safeParse(link, value);
    if (!wanted(name) || !parsed.success) return [];
    const path = pathBelow(api, from, parsed.output.href);
    return path === undefined ? [] : [path];
  });
}

function pathBelow(api: string, from: string, href: string): string | undefined {
  if (!URL.canParse(href, api + from)) return undefined;
  const { pathname, search } = new URL(href, api + from);
  const base = new URL(api).pathname.replace(/\/$/, "");
  const extra = [base, "/api"].find((start) => start !== "" && pathname.startsWith(`${start}/`));
  const path = pathname.slice(extra?.length ?? 0);
  return path.startsWith("/") ? path + search : undefined;
}
