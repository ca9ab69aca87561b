import * as v from "valibot";
import { ApiFailure } from "../api-failure.ts";
import type { Connection } from "../connection.ts";
import { type Links, linkedPaths, linksSchema } from "./links.ts";
import { reader } from "./schema.ts";

/** One page of a list of the accounts API, and the references that go with it. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly links: Links;
  readonly path: string;
}

/** Some hundred thousand rows; an API that goes on after that makes up its links. */
const mostPages = 1000;

/**
 * All pages of a list, in order. Ends where a page is empty, or the next one was already read.
 * Throws an `ApiFailure` when there are more than a thousand.
 */
export async function pages<T>(
  connection: Connection,
  first: string,
  item: v.GenericSchema<unknown, T>,
): Promise<readonly Page<T>[]> {
  const parse = reader(v.object({ items: v.nullable(v.array(item)), _links: linksSchema }));
  const read: Page<T>[] = [];
  const paths = new Set<string>();
  let path: string | undefined = first;
  while (path !== undefined) {
    const from: string = path;
    if (read.length === mostPages)
      throw new ApiFailure("api", {
        what: `The list has no end: it was left after ${mostPages} pages`,
        where: `GET ${first.split("?")[0]}`,
        next: "try again later; if it stays so, tell the platform's support",
      });
    const { items, _links: links } = await connection.get(from, parse);
    if (!items?.length && read.length > 0) break;
    read.push({ items: items ?? [], links, path: from });
    paths.add(from);
    path = linkedPaths(links, (name) => name === "next", connection.addresses.api, from).find(
      (next) => !paths.has(next),
    );
  }
  return read;
}

/**
 * The things that the items of these pages refer to, by id: null for what is deleted or hidden.
 * Their links are signed and can't be made up, each for a few ids; one for ids that another one has is not followed
 * again. Where a link can't be followed, its things are missing.
 * @param kind as in the link names: "projects", "organizations", "users", "teams"
 * @param known what needn't be asked for: a link for nothing else is not followed
 */
export async function references<T>(
  connection: Connection,
  from: readonly Page<unknown>[],
  kind: "projects" | "organizations" | "users" | "teams",
  reference: v.GenericSchema<unknown, T>,
  known: ReadonlyMap<string, T> = new Map(),
): Promise<ReadonlyMap<string, T | null>> {
  const parse = reader(v.nullish(v.record(v.string(), v.nullable(reference)), {}));
  const paths = from.flatMap(({ links, path }) =>
    linkedPaths(links, (name) => name.startsWith(`ref:${kind}:`), connection.addresses.api, path),
  );
  const chunks = await Promise.all(
    needed(paths, known).map((path) =>
      connection.get(path, parse).catch((error: unknown) => {
        if (error instanceof ApiFailure && error.reason === "api") return {};
        throw error;
      }),
    ),
  );
  return new Map([...known, ...chunks.flatMap((chunk) => Object.entries(chunk))]);
}

/** The paths that give an id which neither is known nor is given by an earlier path. */
function needed(paths: readonly string[], known: ReadonlyMap<string, unknown>): readonly string[] {
  const given = new Set(known.keys());
  return paths.filter((path) => {
    const ids = new URLSearchParams(path.split("?")[1]).get("in")?.split(",") ?? [];
    if (ids.length > 0 && ids.every((id) => given.has(id))) return false;
    for (const id of ids) given.add(id);
    return true;
  });
}
