import type { AppFile } from "../../src/appfile/app-file.ts";
import type { AppLocation } from "../../src/appfile/locate.ts";
import { parseApp } from "../../src/appfile/read.ts";
import { Failure, type FailureParts } from "../../src/failure.ts";

/** The text of a file with these lines, the last one ended too. */
export function file(...lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join("");
}

/** The application a text describes; where in it, when it isn't the whole file. */
export function appOf(text: string, place: Partial<AppLocation> = {}): AppFile {
  return parseApp(
    { file: "/app.yaml", shown: "app.yaml", form: "single", path: [], name: "app", ...place },
    text,
  );
}

/** The lines the tests put into a build hook. */
export const lines = ["install || exit 1", "platform --version"];

/** The parts of the refusal that an action ends with. Throws when it ends otherwise. */
export function refusalOf(action: () => unknown): FailureParts {
  try {
    action();
  } catch (error) {
    if (error instanceof Failure) return error.parts;
    throw error;
  }
  throw new Error("it was not refused");
}
