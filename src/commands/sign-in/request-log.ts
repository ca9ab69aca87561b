/** A line a request for `--verbose`: method, path, status and milliseconds. Paths hold ids, never secrets. */
export function requestLog(err: (line: string) => void) {
  return (request: {
    readonly method: string;
    readonly path: string;
    readonly status: number | "failed";
    readonly ms: number;
  }): void => {
    err(`${request.method} ${request.path} ${request.status} ${Math.round(request.ms)} ms`);
  };
}
