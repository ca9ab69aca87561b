import { readFile, writeFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { openAudit } from "../../src/commands/audit/audited.ts";
import { readAuditOptions } from "../../src/commands/audit/options.ts";
import { flagsOf } from "../../src/commands/command.ts";
import type { Fault } from "../../src/sandbox/faults.ts";
import { Secret } from "../../src/secret.ts";
import { openAutomatedShop } from "../setup/automated-shop.ts";
import type { Shop } from "../setup/shop.ts";
import { verify } from "./run-verify.ts";

/** What may become of any one answer of the API, for good. */
const effects: readonly (readonly [string, Fault["effect"]])[] = [
  ["forbidden", { kind: "status", status: 403 }],
  ["not found", { kind: "status", status: 404 }],
  ["a web page", { kind: "html" }],
];

/** What is asked for, each once: what differs from run to run as a star. */
function asked({ sandbox }: Shop): readonly string[] {
  const paths = sandbox.requests.flatMap(({ method, path }) =>
    method === "GET" ? path.replace(/(?<=\/activities\/)\w+|(?<=\/ref\/).*/gu, "*") : [],
  );
  return [...new Set(paths)];
}

/** Who is signed in has to be known, and a log that breaks off is waited for. */
const leftAside = /^\/users\/me$|\/log$/u;

test.each(effects)("verify looks at all the rest where one answer is %s", async (_what, effect) => {
  const shop = await openAutomatedShop();
  const from = shop.sandbox.requests.length;
  const sound = await verify(shop, {}, { token: shop.token });
  const paths = asked(shop).filter((path) => !leftAside.test(path));
  expect(shop.sandbox.requests.length).toBeGreaterThan(from);
  expect(paths.length).toBeGreaterThan(8);
  const ok = sound.said.split("\n").filter((line) => line.startsWith("  ✔ ok"));
  for (const path of paths) {
    shop.sandbox.faults.add({ on: { method: "GET", path }, times: "always", effect });
    const { said, ended } = await verify(shop, {}, { token: shop.token });
    shop.sandbox.faults.clear();
    expect(ended, path).toSatisfy((end) => end === "done" || end === "findings");
    const first = ok[0] ?? "";
    expect(said, path).toContain(first);
  }
});

/** A cron that anybody sees is wrong, whatever the API says. */
const unguarded = `    again:
        spec: '5 4 * * *'
        commands:
            start: platform redeploy --yes
`;

test.each(effects)("the audit finds all the rest where one answer is %s", async (what, effect) => {
  const shop = await openAutomatedShop();
  const text = await readFile(shop.file, "utf8");
  await writeFile(shop.file, text.replace("crons:\n", `crons:\n${unguarded}`));
  const audit = async () => {
    const audited = await openAudit(
      {
        ...readAuditOptions({ directory: shop.directory }, flagsOf("audit", {})),
        vendor: undefined,
        face: "flags",
        flags: [],
        machineToken: new Secret(shop.token),
      },
      {
        out() {},
        err() {},
        document() {},
        env: shop.env,
        signal: new AbortController().signal,
      },
    );
    const { findings, unread } = audited.verdict();
    await audited.close();
    return { findings, unread };
  };
  const sound = await audit();
  expect(sound.unread).toEqual([]);
  const known = new Set(sound.findings.map(({ fingerprint }) => fingerprint));
  const inFiles = sound.findings.filter(({ location }) => location.kind === "file");
  expect(inFiles.map(({ rule }) => rule)).toContain("cron-guard-missing");
  // What isn't found there isn't deployed.
  const isTold = (path: string) => what !== "not found" || !path.endsWith("/deployments/current");
  for (const path of asked(shop).filter(isTold)) {
    shop.sandbox.faults.add({ on: { method: "GET", path }, times: "always", effect });
    const { findings, unread } = await audit();
    shop.sandbox.faults.clear();
    const silent = new Set(unread.flatMap(({ rules }) => rules));
    const found = new Set(findings.map(({ fingerprint }) => fingerprint));
    // What isn't found any more is what the unread part costs; nothing else is found for want of it.
    const lost = sound.findings.filter(({ fingerprint }) => !found.has(fingerprint));
    expect(
      lost.flatMap(({ rule }) => (silent.has(rule) ? [] : rule)),
      path,
    ).toEqual([]);
    expect(
      findings.flatMap(({ fingerprint, rule }) => (known.has(fingerprint) ? [] : rule)),
      path,
    ).toEqual([]);
    if (!/^\/ref\//u.test(path)) expect(unread, path).not.toEqual([]);
  }
});
