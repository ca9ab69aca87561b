import { expect, test } from "vitest";
import { startInWords } from "../../src/setup/ci/job.ts";
import type { Session } from "../../src/setup/session.ts";
import { allCiTasks } from "../../src/setup/tasks/chosen.ts";

test("when a job of CI starts is said in words, as of a cron", async () => {
  const backup = allCiTasks.find(({ id }) => id === "backup");
  if (backup === undefined) throw new Error("there is no such task");
  const words = (spec: string) => {
    const session: Session = {
      request: {
        ...{ directory: "/shop", effect: "apply", only: [], offline: false, installer: "bash" },
        ...{ cronNames: {}, given: { "schedule:backup": spec } },
      },
      answers: {},
    };
    return startInWords(backup, session);
  };
  expect(await words("38 5 * * *")).toBe("every day at 05:38 UTC");
  expect(await words("*/10 * * * *")).toBe("every 10 minutes");
});
