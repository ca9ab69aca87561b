import { existsSync, readdirSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { sampleFiles } from "../../src/sandbox/sample-project.ts";
import { emptyDirectory } from "../change/place.ts";
import { checkFile } from "./check-file.ts";
import { withStandIns } from "./stand-ins.ts";

test("the sample's file is edited as promised", async () => {
  const file = join(await emptyDirectory(), ".platform.app.yaml");
  await writeFile(file, sampleFiles[".platform.app.yaml"] ?? "");
  const checked = await checkFile(file);
  expect(checked.length).toBeGreaterThan(0);
  expect(checked.flatMap(({ violations }) => violations)).toEqual([]);
});

// The files of real projects stay beside the repository; where they aren't, the sample's is the only one.
const folder = join(import.meta.dirname, "../../../shared/corpus");
const files = existsSync(folder)
  ? readdirSync(folder).filter((name) => name.endsWith(".yaml"))
  : [];

for (const file of files)
  test(`a real file is edited as promised or refused: ${file}`, async () => {
    const checked = await checkFile(join(folder, file));
    expect(checked.length).toBeGreaterThan(0);
    const whole = (await withStandIns(join(folder, file), checkFile)) ?? [];
    expect([...checked, ...whole].flatMap(({ violations }) => violations)).toEqual([]);
  });
