import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { checkFile } from "./check-file.ts";
import { withStandIns } from "./stand-ins.ts";

// The files of real projects stay beside the repository; where they aren't, there is nothing to test.
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
