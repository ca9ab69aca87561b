/** A request as people read it. */
export interface RequestLine {
  readonly method: "GET" | "POST" | "PATCH" | "DELETE";
  /** Below the base address, with a slash in front; may have a query. */
  readonly path: string;
}

/** The path of a request without its query, which may hold a signature. */
export function requestPath({ path }: RequestLine): string {
  return path.split("?", 1).join("");
}

/** "GET /users/me": where a failure happened. */
export function requestPlace(request: RequestLine): string {
  return `${request.method} ${requestPath(request)}`;
}
