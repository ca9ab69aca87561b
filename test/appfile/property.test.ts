import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { parse } from "yaml";
import type { AppFile } from "../../src/appfile/app-file.ts";
import {
  addBuildLines,
  addCron,
  nestCommand,
  type Patch,
  removeKey,
  replaceInScript,
  setKey,
} from "../../src/appfile/operations.ts";
import { Failure } from "../../src/failure.ts";
import { applyEdits, inverseEdits } from "../../src/yaml/edit.ts";
import { ofTexts } from "../amounts.ts";
import { type AnyFile, anyFile } from "./any-file.ts";
import { appOf } from "./given.ts";

const lines = ["install 'it' || exit 1", "platform --version"];
const cron = { name: "new", spec: "0 5 * * *", lines: ["if main; then", "    backup", "fi"] };

const tally = { edited: 0, refused: 0 };

/** The patch of an operation; undefined when it was refused as it should be, with place, reason and text. */
function patchOf(operation: () => Patch): Patch | undefined {
  try {
    const patch = operation();
    tally.edited++;
    return patch;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    expect(error.reason).toBe("uneditable");
    expect(error.parts.where).toMatch(/^app\.yaml:\d+:\d+$/u);
    expect(error.parts.why).toBeTruthy();
    expect(error.parts.next).toBeDefined();
    tally.refused++;
    return undefined;
  }
}

function appIn({ text, path }: AnyFile): AppFile {
  return appOf(text, { path });
}

/** What holds of every patch: ordered edits in the text, the same line ends, and a way back. */
function keepsPromises({ before, after, edits }: Patch, { eol, text }: AnyFile): void {
  expect(before).toBe(text);
  let end = 0;
  for (const { offset, length } of edits) {
    expect(offset).toBeGreaterThanOrEqual(end);
    end = offset + length;
  }
  expect(end).toBeLessThanOrEqual(before.length);
  expect(after).toBe(applyEdits(before, edits));
  expect(applyEdits(after, inverseEdits(before, edits))).toBe(before);
  if (eol === "\n") expect(after).not.toContain("\r");
  if (eol === "\r\n" && before.includes("\n")) expect(after).not.toMatch(/(?<!\r)\n/u);
  expect(after.endsWith("\n")).toBe(before.endsWith("\n"));
  const comments = (whole: string) => whole.match(/#.*/gu);
  if (edits.every(({ length }) => length === 0)) expect(comments(after)).toEqual(comments(before));
}

/** The meaning of a text by the parser's own, plain way, with the application taken out. */
function meaningOf(
  text: string,
  path: AnyFile["path"],
): { whole: string; app: Record<string, unknown> } {
  const whole: unknown = parse(text.replace("\uFEFF", ""), { merge: true, logLevel: "silent" });
  const app = path.reduce<unknown>((at, step) => Object(at)[step], whole);
  return { whole: JSON.stringify(whole), app: Object(app) };
}

test("lines get into any build hook, and nothing else changes", () => {
  fc.assert(
    fc.property(anyFile, (file) => {
      const app = appIn(file);
      const patch = patchOf(() => addBuildLines(app, lines));
      if (file.onlyAdds.hook) expect(patch).toBeDefined();
      if (patch === undefined) return;
      keepsPromises(patch, file);
      if (file.onlyAdds.hook) expect(patch.edits.every(({ length }) => length === 0)).toBe(true);
      const before = meaningOf(patch.before, file.path);
      const after = meaningOf(patch.after, file.path);
      const hooks = Object(after.app["hooks"]);
      const old = String(Object(before.app["hooks"]).build ?? "");
      const added = `${lines.join("\n")}\n`;
      const without = `${hooks.build}\n`.replace(added, "");
      expect(without.trimEnd()).toBe(old.trimEnd());
      expect({ ...after.app, hooks: undefined }).toEqual({ ...before.app, hooks: undefined });
      expect({ ...hooks, build: undefined }).toEqual({
        ...Object(before.app["hooks"]),
        build: undefined,
      });
      expect(appIn({ ...file, text: patch.after }).hooks.build?.text).toContain(lines.join("\n"));
    }),
    ofTexts,
  );
});

test("a cron gets behind any others, or above one that ends the file without a line end, and nothing else changes", () => {
  fc.assert(
    fc.property(anyFile, (file) => {
      const app = appIn(file);
      const patch = patchOf(() => addCron(app, cron));
      if (file.onlyAdds.cron) expect(patch).toBeDefined();
      if (patch === undefined) return;
      keepsPromises(patch, file);
      if (file.onlyAdds.cron) expect(patch.edits.every(({ length }) => length === 0)).toBe(true);
      const before = meaningOf(patch.before, file.path);
      const after = meaningOf(patch.after, file.path);
      const jobs = Object(after.app["crons"]);
      const names = Object.keys(Object(before.app["crons"]));
      const above = [...names.slice(0, -1), "new", ...names.slice(-1)];
      // Behind a block that ends the file without a line end, the block would gain one: the new cron goes above its cron.
      const orders = patch.before.endsWith("\n") ? [] : [above];
      expect([[...names, "new"], ...orders]).toContainEqual(Object.keys(jobs));
      const { new: job, ...others } = jobs;
      expect(others).toEqual(before.app["crons"] ?? {});
      const command = `${cron.lines.join("\n")}\n`;
      expect([{ cmd: command }, { commands: { start: command } }]).toContainEqual({
        ...job,
        spec: undefined,
      });
      expect(job.spec).toBe(cron.spec);
      expect({ ...after.app, crons: undefined }).toEqual({ ...before.app, crons: undefined });
      expect(() => addCron(appIn({ ...file, text: patch.after }), cron)).toThrow(Failure);
    }),
    ofTexts,
  );
});

test("any part of any script can be replaced, and nothing else changes", () => {
  const part = fc.record({ which: fc.nat(9), from: fc.nat(99), length: fc.nat(9) });
  const text = fc.constantFrom("", " --no-wait", "'", '"', "x\ny", "ü😀", " # c", ": ");
  fc.assert(
    fc.property(anyFile, part, text, (file, { which, from, length }, by) => {
      const app = appIn(file);
      const scripts = [
        ...Object.values(app.hooks),
        ...app.crons.flatMap(({ script }) => script ?? []),
      ];
      const script = scripts[which % Math.max(1, scripts.length)];
      if (script === undefined) return;
      const start = Math.min(from, script.text.length);
      const end = Math.min(start + length, script.text.length);
      const patch = patchOf(() => replaceInScript(script, { start, end, text: by }));
      if (patch === undefined) return;
      expect(applyEdits(patch.after, inverseEdits(patch.before, patch.edits))).toBe(file.text);
      const value = script.text.slice(0, start) + by + script.text.slice(end);
      const now = appIn({ ...file, text: patch.after });
      const texts = [...Object.values(now.hooks), ...now.crons.flatMap((job) => job.script ?? [])];
      expect(texts.map((one) => one.text)).toEqual(
        scripts.map((one) => (one === script ? value : one.text)),
      );
    }),
    ofTexts,
  );
});

test("keys can be renamed, set and removed, and nothing else changes", () => {
  fc.assert(
    fc.property(anyFile, fc.nat(9), fc.constantFrom(7, "x: 'y'", "ü"), (file, which, value) => {
      const app = appIn(file);
      const cron = app.crons[which % Math.max(1, app.crons.length)];
      const spec = ["crons", cron?.name ?? "", "spec"];
      const wholes = [
        {
          patch: patchOf(() => setKey(app, ["size"], value)),
          meant: (old: Record<string, unknown>) => ({ ...old, size: value }),
        },
        ...(cron === undefined
          ? []
          : [
              {
                patch: patchOf(() => setKey(app, spec, value)),
                meant: (old: Record<string, unknown>) =>
                  withCron(old, cron.name, (job) => ({ ...job, spec: value })),
              },
              {
                patch: patchOf(() => removeKey(app, spec)),
                meant: (old: Record<string, unknown>) =>
                  withCron(old, cron.name, ({ spec: _gone, ...job }) => job),
              },
              {
                patch: patchOf(() => nestCommand(app, cron, "cmd")),
                meant: (old: Record<string, unknown>) =>
                  withCron(old, cron.name, ({ cmd, ...job }) => ({
                    ...job,
                    commands: { start: cmd },
                  })),
              },
            ]),
      ];
      for (const { patch, meant } of wholes) {
        if (patch === undefined) continue;
        expect(applyEdits(patch.after, inverseEdits(patch.before, patch.edits))).toBe(file.text);
        expect(patch.after.match(/#.*/gu)).toEqual(patch.before.match(/#.*/gu));
        expect(meaningOf(patch.after, file.path).app).toEqual(
          meant(meaningOf(patch.before, file.path).app),
        );
      }
    }),
    ofTexts,
  );
});

/** An application in which one cron is another. */
function withCron(
  app: Record<string, unknown>,
  name: string,
  change: (cron: Record<string, unknown>) => Record<string, unknown>,
): Record<string, unknown> {
  const crons = Object(app["crons"]);
  return { ...app, crons: { ...crons, [name]: change(Object(crons[name])) } };
}

afterAll(() => {
  // Refusals are right, but a test of nothing else would prove nothing.
  expect(tally.edited).toBeGreaterThanOrEqual(tally.refused * 2);
});
