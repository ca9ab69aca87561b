import { isDeepStrictEqual } from "node:util";
import { expect, onTestFinished, test } from "vitest";
import { type Connection, connect } from "../../src/platform/connection.ts";
import { startSandbox } from "../../src/sandbox/sandbox.ts";
import { Secret } from "../../src/secret.ts";
import { outcome, requireWords } from "./fault-play.ts";
import { reads } from "./fault-reads.ts";

async function opened() {
  const sandbox = await startSandbox({ activityMs: 4 });
  const addresses = { api: sandbox.apiUrl, auth: sandbox.authUrl, console: sandbox.consoleUrl };
  const signedIn = () => {
    const token = new Secret(sandbox.operatorToken);
    const connection = connect({ addresses, token, pause: async () => {} });
    onTestFinished(() => connection.close());
    return connection;
  };
  onTestFinished(() => sandbox.close());
  return { sandbox, signedIn };
}

for (const read of reads) {
  test(`${read.name}: whichever field is missing, read as it is or refused, but for what is known`, async () => {
    const { sandbox, signedIn } = await opened();
    const sound = signedIn();
    const faulty = signedIn();
    const prepared = await read.prepare?.({ sandbox, sound, faulty });
    const fields = new Set<string>();
    await read.run(noting(faulty, fields), prepared);
    const whole = await read.run(sound, prepared);

    const different: string[] = [];
    for (const field of fields) {
      sandbox.faults.add({
        on: { method: "GET", path: "**" },
        times: "always",
        effect: { kind: "missingFields", fields: [field] },
      });
      const ended = await outcome(read.run(faulty, prepared));
      sandbox.faults.clear();
      const where = `${read.name} without ${field}`;
      if (ended.kind === "failed") requireWords(ended.error, where, sandbox.operatorToken);
      else if (!isDeepStrictEqual(ended.result, whole)) different.push(field);
    }
    expect(different.sort()).toEqual(Object.keys(read.without ?? {}).sort());
  });
}

/** Values of which an answer could hold another in place of the one that was meant. */
const inPlace = {
  null: () => null,
  "of another type": (value: unknown) =>
    value === null ? null : typeof value === "string" ? 12 : "odd",
} as const;

for (const read of reads)
  for (const [how, instead] of Object.entries(inPlace))
    test(`${read.name}: whichever field is ${how}, read as it is or refused, but for what is known`, async () => {
      const { sandbox, signedIn } = await opened();
      const [sound, faulty] = [signedIn(), signedIn()];
      const prepared = await read.prepare?.({ sandbox, sound, faulty });
      const fields = new Set<string>();
      const whole = await read.run(noting(faulty, fields), prepared);
      const different: string[] = [];
      for (const field of fields) {
        const ended = await outcome(read.run(changing(faulty, field, instead), prepared));
        const where = `${read.name} with ${field} ${how}`;
        if (ended.kind === "failed") requireWords(ended.error, where, sandbox.operatorToken);
        else if (!isDeepStrictEqual(ended.result, whole)) different.push(field);
      }
      const known = { ...read.without, ...read.whenNull };
      expect(different.filter((field) => !(field in known))).toEqual([]);
    });

/** The connection, with another value wherever an answer has a field of this name. */
function changing(
  connection: Connection,
  field: string,
  instead: (value: unknown) => unknown,
): Connection {
  return {
    ...connection,
    get: (path, parse) =>
      connection.get(path, (json) =>
        parse(changed(json, field, instead, path.startsWith("/ref/"))),
      ),
  };
}

function changed(
  value: unknown,
  field: string,
  instead: (value: unknown) => unknown,
  isMap: boolean,
): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((one) => changed(one, field, instead, false));
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [
      key,
      key === field && !isMap
        ? instead(one)
        : key === "_links"
          ? one
          : changed(one, field, instead, maps.includes(key)),
    ]),
  );
}

/** The connection, noting the name of every field that it is answered. */
function noting(connection: Connection, fields: Set<string>): Connection {
  return {
    ...connection,
    get: (path, parse) =>
      connection.get(path, (json) => {
        note(json, fields, path.startsWith("/ref/"));
        return parse(json);
      }),
  };
}

/** Objects whose keys are no fields but names that somebody gave. */
const maps: readonly string[] = ["webapps", "crons", "operations"];

/** Links are left aside: which there are says what is permitted. */
function note(value: unknown, fields: Set<string>, isMap: boolean): void {
  if (typeof value !== "object" || value === null) return;
  for (const [key, field] of Object.entries(value)) {
    if (!Array.isArray(value) && !isMap) fields.add(key);
    if (key !== "_links") note(field, fields, maps.includes(key));
  }
}
