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
  const sent = path.split("/");
  const fitting = routes.filter((route) => fits(segmentsOf(route), sent));
  const [found] = fitting
    .filter((route) => route.method === method)
    .map((route) => ({ route, params: paramsIn(segmentsOf(route), sent) }))
    .sort((one, other) => one.params.size - other.params.size);
  return found ?? (fitting.length === 0 ? "path" : "method");
}

/** Every request is compared with every route, so each pattern is split once. */
const split = new WeakMap<Route, readonly string[]>();

function segmentsOf(route: Route): readonly string[] {
  const known = split.get(route);
  if (known !== undefined) return known;
  const segments = route.pattern.split("/");
  split.set(route, segments);
  return segments;
}

const isNamed = (segment: string) => segment.startsWith(":");

function fits(expected: readonly string[], sent: readonly string[]): boolean {
  return (
    expected.length === sent.length &&
    expected.every((segment, at) => (isNamed(segment) ? sent[at] !== "" : segment === sent[at]))
  );
}

function paramsIn(
  expected: readonly string[],
  sent: readonly string[],
): ReadonlyMap<string, string> {
  const params = expected.flatMap((segment, at): [string, string][] =>
    isNamed(segment) ? [[segment.slice(1), decoded(sent[at] ?? "")]] : [],
  );
  return new Map(params);
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw projectFailure(400, "The path is not well encoded.");
  }
}
