import { Failure } from "../../failure.ts";

/**
 * A path below the API's address, each inserted id percent-encoded as one segment: environment ids
 * are branch names and hold slashes. Throws `Failure("usage")` for an id that no encoding keeps a
 * segment of its own: empty, `.` or `..`.
 */
export function path(parts: TemplateStringsArray, ...ids: readonly string[]): string {
  return String.raw({ raw: parts }, ...ids.map(segment));
}

function segment(id: string): string {
  if (id === "" || id === "." || id === "..") {
    throw new Failure("usage", {
      what: `"${id}" is not an id`,
      next: "check the name or id given",
    });
  }
  return encodeURIComponent(id);
}
