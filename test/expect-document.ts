import Ajv from "ajv";
import { expect } from "vitest";
import { schemas } from "../.config/schemas.ts";

const ajv = new Ajv.default({ strict: false, allErrors: true });

type Checked = (text: string) => void;

/** Holds a text to a schema of the package, by its name: "audit", "run", "failure". */
export function expectDocument(name: string): Checked {
  const validate = ajv.compile(JSON.parse(schemas().get(`schemas/${name}.json`) ?? "false"));
  return (text) => {
    const isValid = validate(JSON.parse(text));
    expect(isValid ? [] : validate.errors, text.slice(0, 200)).toEqual([]);
  };
}

const ofRun = new Map(
  ["audit", "run", "verify", "rules", "status", "version", "failure"].map((name) => [
    name,
    expectDocument(name),
  ]),
);

/** Holds what a command printed with `--json` to the schema that its fields say it has. */
export function expectPublished(text: string): void {
  const { command, failure } = JSON.parse(text);
  const isFailure = failure !== null && failure !== undefined && !Array.isArray(failure);
  const name = isFailure ? "failure" : ofRun.has(command) ? command : "run";
  ofRun.get(name)?.(text);
}
