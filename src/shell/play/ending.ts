/** Thrown where a shell ends before its script does: by `exit`, `set -e`, or an error that it doesn't survive. */
export class ShellEnd extends Error {
  readonly status: number;

  constructor(status: number) {
    super();
    this.status = status;
  }
}

/** Thrown by `return`. */
export class Return extends Error {
  readonly status: number;

  constructor(status: number) {
    super();
    this.status = status;
  }
}

/** Thrown by `break` and `continue`, for so many loops. */
export class Loop extends Error {
  readonly kind: "break" | "continue";
  readonly levels: number;

  constructor(kind: "break" | "continue", levels: number) {
    super();
    this.kind = kind;
    this.levels = levels;
  }
}
