import { app } from "../app.ts";
import type { RuleCases } from "../rule-cases.ts";

export const cases: RuleCases = {
  fires: {
    "a file beside ends in .yml": {
      given: { text: app(), facts: { misnamed: ["api/.platform.app.yml"] } },
      finds: [
        {
          severity: "warning",
          at: "api/.platform.app.yml:1:1-1:1",
          message: "The platform doesn't read api/.platform.app.yml, because its name ends in .yml",
          fix: "by hand: Rename the file",
        },
      ],
    },
  },
  quiet: { "all end in .yaml": app() },
};
