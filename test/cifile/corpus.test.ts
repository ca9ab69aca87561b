import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parseApp } from "../../src/appfile/read.ts";
import { audit } from "../../src/audit/engine.ts";
import { rules } from "../../src/audit/registry.ts";
import { ciReadingOf } from "../../src/cifile/read.ts";
import { Failure } from "../../src/failure.ts";
import { someOf } from "../amounts.ts";
import { app, appLocation } from "../audit/app.ts";

const corpus = join(import.meta.dirname, "../../../shared/corpus-ci");
const ours = rules.filter(({ id }) => id.startsWith("ci-"));

/** Where what is there is itself the fault, a fix puts something else in its place. */
const replacing = new Set(["ci-token-in-script", "ci-token-wrong-variable", "ci-push-force"]);

/** Whether the one text is the other with one piece put in: no byte of it was removed or changed. */
function isInsertion(before: string, after: string): boolean {
  let start = 0;
  while (start < before.length && before[start] === after[start]) start += 1;
  return before.length < after.length && after.endsWith(before.slice(start));
}

describe.runIf(existsSync(corpus))("real files of CI", () => {
  test("are read and audited without a crash, and what is added to them leaves every byte", async () => {
    const names = (await readdir(corpus)).filter((name) => /\.ya?ml$/u.test(name));
    for (const name of someOf(names)) {
      const text = await readFile(join(corpus, name), "utf8");
      const path = (name.split("+").at(-1) ?? "").replaceAll("__", "/");
      const shown = path.slice(path.indexOf(".github/"));
      const ci = ciReadingOf(new Map([[shown, { file: `/${shown}`, shown, text }]]));
      expect({ name, unreadable: ci.unreadable }).toEqual({ name, unreadable: [] });
      for (const { rule, fix } of audit({ app: parseApp(appLocation, app()), ci }, ours)) {
        const planned = fix?.();
        if (planned?.kind !== "changes" || replacing.has(rule)) continue;
        for (const change of planned.changes) {
          if (change.kind !== "file") throw new Failure("unexpected", { what: change.kind });
          expect({ name, rule, isPure: isInsertion(text, change.after) }).toEqual({
            name,
            rule,
            isPure: true,
          });
        }
      }
    }
  });
});
