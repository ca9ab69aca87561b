import { projectFailure } from "./reply.ts";
import type { Route } from "./route.ts";

/** A route and the decoded values of its `:name` segments. */
export interface Match {
  readonly route: Route;
  readonly params: ReadonlyMap<string, string>;
}

/**
 * Finds the route of a request, comparing the path segment by segment as it was sent, so that an
 * environment id with an encoded slash stays one segment. Literal segments win over `:name` ones.
 *
 * @param path the path without query and without the `/api` prefix
 * @returns "path" when no route has this path, "method" when one has, but not for this method
 */
export function findRoute(
  routes: readonly Route[],
  method: string,
  path: string,
): Match | "path" | "method" {
  const matches = routes
    .map((route) => ({ route, params: match(route.pattern, path) }))
    .filter((found) => found.params !== undefined)
    .sort((one, other) => (one.params?.size ?? 0) - (other.params?.size ?? 0));
  const found = matches.find(({ route }) => route.method === method);
  if (found?.params !== undefined) return { route: found.route, params: found.params };
  return matches.length === 0 ? "path" : "method";
}

function match(pattern: string, path: string): ReadonlyMap<string, string> | undefined {
  const expected = pattern.split("/");
  const actual = path.split("/");
  if (expected.length !== actual.length) return undefined;
  const params = new Map<string, string>();
  for (const [index, segment] of expected.entries()) {
    const sent = actual[index] ?? "";
    if (!segment.startsWith(":")) {
      if (segment !== sent) return undefined;
    } else if (sent === "") return undefined;
    else params.set(segment.slice(1), decoded(sent));
  }
  return params;
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw projectFailure(400, "The path is not well encoded.");
  }
}
