import { afterAll, expect, test } from "vitest";
import type { Fault } from "../../src/sandbox/faults.ts";
import { hugeBytes, someOf } from "../amounts.ts";
import { openScene, playRead, playWrite, type Scene } from "./fault-play.ts";
import { reads } from "./fault-reads.ts";
import { writes } from "./fault-writes.ts";

const status = (code: number, when: "before" | "after" = "before", retryAfter?: string) =>
  ({
    kind: "status",
    status: code,
    when,
    ...(retryAfter === undefined ? {} : { retryAfter }),
  }) as const;

const faults: readonly { readonly name: string; readonly effect: Fault["effect"] }[] = [
  { name: "none", effect: { kind: "latency", ms: 0 } },
  { name: "latency", effect: { kind: "latency", ms: 20 } },
  { name: "429, Retry-After", effect: status(429, "before", "1") },
  { name: "429, an hour", effect: status(429, "before", "3600") },
  { name: "500 before", effect: status(500) },
  { name: "502 before", effect: status(502) },
  { name: "503 before", effect: status(503) },
  { name: "504 after", effect: status(504, "after") },
  { name: "524 after", effect: status(524, "after") },
  { name: "reset before", effect: { kind: "reset", when: "before" } },
  { name: "reset after", effect: { kind: "reset", when: "after" } },
  { name: "truncated", effect: { kind: "truncated" } },
  { name: "HTML", effect: { kind: "html" } },
  { name: "empty", effect: { kind: "status", status: 200, body: "empty", when: "after" } },
  { name: "slow body", effect: { kind: "slowBody", ms: 400 } },
  { name: "expired token", effect: { kind: "expiredToken" } },
  { name: "activities doubled", effect: { kind: "duplicateActivities" } },
  { name: "huge texts", effect: { kind: "huge", bytes: hugeBytes } },
  { name: "escape codes", effect: { kind: "escapes" } },
  { name: "missing fields", effect: { kind: "missingFields" } },
  { name: "another service", effect: { kind: "otherService" } },
  { name: "failed deployment", effect: { kind: "failedDeployment" } },
];

/** Once, and for good: what passes, and what does not. */
const durations = [1, "always"] as const;

const operations = [
  ...reads.map((read) => ({
    operation: read,
    once: read.once === true,
    play: (scene: Scene, fault: Fault) => playRead(read, scene, fault),
  })),
  ...writes.map((write) => ({
    operation: write,
    once: true,
    play: (scene: Scene, fault: Fault) => playWrite(write, scene, fault),
  })),
];

/** By operation, then by fault: what became of it when the fault came up once, and when it stayed. */
const table = new Map<string, ReadonlyMap<string, string>>();

for (const { operation, once, play } of someOf(operations)) {
  const { name, on } = operation;
  test(`${name}: neither wrong, lost nor doubled under any fault`, async () => {
    const cells = new Map<string, string>();
    let scene: Scene | undefined;
    try {
      for (const fault of faults) {
        const ended = new Set<string>();
        for (const times of durations) {
          scene ??= await openScene(operation);
          ended.add(await play(scene, { on, times, effect: fault.effect }));
          if (!once) continue;
          await scene.close();
          scene = undefined;
        }
        cells.set(fault.name, [...ended].join(", "));
      }
    } finally {
      await scene?.close();
    }
    table.set(name, cells);
    expect(cells.get("none")).toMatch(/^done/);
  });
}

afterAll(() => {
  const legend = [
    "Under a fault that comes up once, and one that stays where that ends otherwise: done, with the answer that there",
    "is without the fault; failed, in words; in part, where that is right. After a change, how many were carried out.",
  ];
  const reasons = reads.flatMap(({ name, inPart, without = {} }) => [
    ...(inPart === undefined ? [] : [`${name}, in part: ${inPart}`]),
    ...(without["name"] === undefined
      ? []
      : [`${name}, in part without names: ${without["name"]}`]),
  ]);
  const names = operations.map(({ operation }) => operation.name).filter((name) => table.has(name));
  const blocks = [];
  for (let at = 0; at < names.length; at += 6) blocks.push(block(names.slice(at, at + 6)));
  process.stdout.write(`\n${[...legend, ...blocks, "", ...reasons].join("\n")}\n\n`);
});

/** The table of a few operations, no wider than a screen. */
function block(names: readonly string[]): string {
  const rows = [
    ["", ...names],
    ...faults.map((fault) => [
      fault.name,
      ...names.map((name) => table.get(name)?.get(fault.name) ?? ""),
    ]),
  ];
  const widths = ["", ...names].map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  const lines = rows.map((row) => row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join("  "));
  return `\n${lines.map((line) => line.trimEnd()).join("\n")}`;
}
