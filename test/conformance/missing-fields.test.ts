import { isDeepStrictEqual } from "node:util";
import { expect, onTestFinished, test } from "vitest";
import { type Connection, connect } from "../../src/platform/connection.ts";
import { startSandbox } from "../../src/sandbox/sandbox.ts";
import { Secret } from "../../src/secret.ts";
import { outcome, requireWords } from "./fault-play.ts";
import { reads } from "./fault-reads.ts";

for (const read of reads) {
  test(`${read.name}: whichever field is missing, read as it is or refused, but for what is known`, async () => {
    const sandbox = await startSandbox({ activityMs: 4 });
    const addresses = { api: sandbox.apiUrl, auth: sandbox.authUrl, console: sandbox.consoleUrl };
    const signedIn = () => {
      const token = new Secret(sandbox.operatorToken);
      const connection = connect({ addresses, token, pause: async () => {} });
      onTestFinished(() => connection.close());
      return connection;
    };
    onTestFinished(() => sandbox.close());
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
