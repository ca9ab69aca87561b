import { Failure, type FailureParts } from "../failure.ts";
import { placeOf } from "./lines.ts";

/** A file that was read, as much of it as a refusal needs. */
interface Shown {
  readonly shown: string;
  readonly text: string;
}

/**
 * A refusal to read or to edit a file, with the place as `file:line:column`.
 *
 * @param why the reason, as a sentence without its full stop
 */
export function refusal(
  { shown, text }: Shown,
  offset: number,
  why: string,
  parts: Partial<FailureParts> = {},
): Failure {
  const { line, column } = placeOf(text, offset);
  return new Failure("uneditable", {
    what: "The file can't be edited safely",
    where: `${shown}:${line}:${column}`,
    why,
    ...parts,
  });
}
