import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { expect, onTestFinished, test } from "vitest";
import { type Connection, connect } from "../../src/platform/connection.ts";
import { startSandbox } from "../../src/sandbox/sandbox.ts";
import { Secret } from "../../src/secret.ts";
import { quarterOf, someOf } from "../amounts.ts";
import type { Stage } from "./fault-operations.ts";
import { outcome, requireWords } from "./fault-play.ts";
import { reads } from "./fault-reads.ts";
import { writes } from "./fault-writes.ts";

async function opened(activityMs = 4) {
  const sandbox = await startSandbox({ activityMs });
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
    const tried = quarterOf([...fields], reads.indexOf(read));
    for (const field of tried) {
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
    const known = Object.keys(read.without ?? {});
    // What is known of a field that no answer had would be known in vain.
    expect(known.filter((field) => !fields.has(field))).toEqual([]);
    expect(different.sort()).toEqual(known.filter((field) => tried.includes(field)).sort());
  });
}

/** Values of which an answer could hold another in place of the one that was meant. */
const inPlace = {
  null: () => null,
  "of another type": (value: unknown) =>
    value === null ? null : typeof value === "string" ? 12 : "odd",
  empty: (value: unknown) =>
    typeof value === "string"
      ? ""
      : Array.isArray(value)
        ? []
        : typeof value === "object" && value !== null
          ? {}
          : value,
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
      for (const field of quarterOf([...fields], reads.indexOf(read))) {
        const ended = await outcome(read.run(changing(faulty, field, instead), prepared));
        const where = `${read.name} with ${field} ${how}`;
        if (ended.kind === "failed") requireWords(ended.error, where, sandbox.operatorToken);
        else if (!isDeepStrictEqual(ended.result, whole)) different.push(field);
      }
      const known = {
        ...read.without,
        ...read.whenNull,
        ...(how === "empty" ? read.whenEmpty : {}),
      };
      expect(different.filter((field) => !(field in known))).toEqual([]);
    });

for (const write of writes)
  test(`${write.name}: whichever field of the answer is missing, null or of another type, it is never told as done where it isn't`, async () => {
    const ways = { ...inPlace, missing: () => undefined };
    const fields = new Set<string>();
    const play = async (change: (stage: Stage) => Connection, where: string) => {
      const { sandbox, signedIn } = await opened(write.activityMs);
      const stage = { sandbox, sound: signedIn(), faulty: signedIn() };
      const prepared = await write.prepare?.(stage);
      const ended = await outcome(write.run(change(stage), prepared));
      if (ended.kind === "failed") requireWords(ended.error, where, sandbox.operatorToken);
      else expect(await write.isDone(stage, prepared), where).toBe(true);
    };
    await play(({ faulty }) => noting(faulty, fields), write.name);
    for (const field of someOf([...fields]))
      for (const [how, instead] of Object.entries(ways))
        await play(
          ({ faulty }) => changing(faulty, field, instead),
          `${write.name} with ${field} ${how}`,
        );
  });

/** Routes whose answers have no fields that could be missing, or that are held elsewhere, and why. */
const notHere: Readonly<Record<string, string>> = {
  "/projects/*/activities/*/log": "a stream of lines, held by test/platform/activities.test.ts",
  "/organizations/*/projects":
    "asked for fifty projects and more, held by test/platform/lists.test.ts",
};

test("every route that the client uses is among those whose fields are left out", () => {
  const room = join(import.meta.dirname, "../../src/platform");
  const used = readdirSync(room)
    .filter((file) => file.endsWith(".ts") && file !== "addresses.ts")
    .flatMap((file) => [...readFileSync(join(room, file), "utf8").matchAll(/path`(\/[^`]*)`/gu)])
    .map(([, template = ""]) => template.replace(/\$\{[^}]*\}/gu, "*"));
  const tried = [...reads, ...writes].map(({ on }) => on.path);
  const isTried = (route: string) =>
    tried.some((pattern) => pattern === route || pattern === `${route}/**`);
  // Those that go on from another one: what is below git, and an item of a list that is only written.
  const below = /^\/(?:refs|commits|trees|blobs)\//u;
  const left = [...new Set(used)].filter((route) => !isTried(route) && !below.test(route));
  expect(left.sort()).toEqual(Object.keys(notHere).sort());
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
    send: (method, path, body, parse) =>
      connection.send(method, path, body, (json) => parse(changed(json, field, instead, false))),
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
    send: (method, path, body, parse) =>
      connection.send(method, path, body, (json) => {
        note(json, fields, false);
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
