import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Failure } from "../../src/failure.ts";
import type { Fault } from "../../src/sandbox/faults.ts";
import { someOf } from "../amounts.ts";
import { projectState } from "./project-state.ts";
import { runSetup, type SetupRun } from "./run-setup.ts";
import { openShop, type Shop } from "./shop.ts";

const email = "operator+shop-backup@example.org";
const flags = { task: "backup", email, yes: true };

/** The whole setup by flags: the invitation, then the rest with the token. Ends with the first run that fails. */
async function whole(shop: Shop): Promise<{ runs: readonly SetupRun[]; token: string }> {
  const invited = await runSetup(shop, { ...flags, only: "machine-user" });
  if (invited.failure !== undefined) return { runs: [invited], token: "" };
  const { token } = await shop.sandbox.acceptInvitation(email);
  return { runs: [invited, await runSetup(shop, flags, token)], token };
}

async function everyFile(folder: string): Promise<string> {
  const files = await readdir(folder, { recursive: true, withFileTypes: true });
  const texts = files
    .filter((file) => file.isFile())
    .map((file) => readFile(join(file.parentPath, file.name), "latin1"));
  return (await Promise.all(texts)).join("\n");
}

/** What every request of a setup asks for: the method, and the path with what differs from run to run as a star. */
function asked(shop: Shop): readonly { readonly method: string; readonly path: string }[] {
  const different = /[0-9a-f]{8}-[0-9a-f-]{27}|(?<=\/activities\/)\w+|(?<=\/ref\/).*/gu;
  const lines = shop.sandbox.requests.map(
    ({ method, path }) => `${method} ${path.replace(different, "*")}`,
  );
  return [...new Set(lines)].map((line) => {
    const [method = "", path = ""] = line.split(" ");
    return { method, path };
  });
}

const made = (written: readonly string[]) => written.filter((line) => line.startsWith("POST"));

const effects: readonly (readonly [string, Fault["effect"], RegExp])[] = [
  ["refused", { kind: "status", status: 403 }, /./u],
  ["done, with the answer lost", { kind: "reset", when: "after" }, /^(?:POST|PATCH) (?!.*oauth2)/u],
];

test.each(effects)(
  "whichever request is %s, the setup ends with a message, and started again comes to its end",
  async (_what, effect, affected) => {
    const sound = await openShop();
    await whole(sound);
    const { written: all, ...as } = await projectState(sound);
    const wanted = { ...as, made: made(all) };
    const requests = asked(sound).filter(({ method, path }) => affected.test(`${method} ${path}`));
    expect(requests.length).toBeGreaterThan(1);
    for (const { method, path } of someOf(requests)) {
      const shop = await openShop();
      shop.sandbox.faults.add({ on: { method, path }, times: "always", effect });
      const first = await whole(shop);
      for (const { failure } of first.runs) {
        if (failure !== undefined) expect(failure, `${method} ${path}`).toBeInstanceOf(Failure);
      }
      shop.sandbox.faults.clear();
      const second = await whole(shop);
      expect(second.runs.map(({ failure }) => failure)).toEqual([undefined, undefined]);

      // Another token was handed over the second time, so the value may have been replaced; nothing is made twice.
      const { written, ...state } = await projectState(shop);
      expect({ ...state, made: made(written) }, `${method} ${path}`).toEqual(wanted);
      const said = [...first.runs, ...second.runs].flatMap(({ out, err, failure }) => [
        out,
        err,
        failure instanceof Failure ? JSON.stringify(failure.parts) : "",
      ]);
      const everything = [...said, await everyFile(shop.folder)].join("\n");
      for (const secret of [shop.sandbox.operatorToken, first.token, second.token]) {
        if (secret !== "") expect(everything, `${method} ${path}`).not.toContain(secret);
      }
    }
  },
);
