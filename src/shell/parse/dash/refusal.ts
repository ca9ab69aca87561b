/** Where dash stops reading a script, and why. */
export interface DashRefusal {
  /** A clause that goes on after "dash stops reading here, because". */
  readonly says: string;
  readonly start: number;
  readonly end: number;
}

/** Thrown where dash finds an error in the syntax. */
export class DashSyntaxError extends Error {
  readonly refusal: DashRefusal;

  constructor(says: string, start: number, end: number) {
    super(says);
    this.refusal = { says, start, end };
  }
}

/** Thrown when a script is nested deeper than any that a person wrote. */
export class TooDeep extends Error {}
