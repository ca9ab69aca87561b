import { backup, guarded } from "../app.ts";
import { magento } from "../installing.ts";
import type { RuleCases } from "../rule-cases.ts";

export const cases: RuleCases = {
  fires: {
    "a backup has its old name": {
      given: guarded("platform snapshot:create --yes --no-wait"),
      finds: [
        {
          severity: "error",
          at: "14:21-14:61",
          message:
            "the cron job calls snapshot:create, which the current CLI has only as backup:create",
          fix: "safe: Call it backup:create",
        },
      ],
      fixed: guarded(backup),
    },
    "a dump has one": {
      given: guarded("platform environment:sql-dump --gzip"),
      finds: [
        {
          severity: "error",
          at: "14:21-14:57",
          message:
            "the cron job calls environment:sql-dump, which the current CLI has only as db:dump",
          fix: "safe: Call it db:dump",
        },
      ],
    },
  },
  quiet: {
    "the CLI of another vendor has it": magento("magento-cloud snapshot:create --yes --no-wait"),
    "it has its name": guarded(backup),
    "it has a short one": guarded("platform backup -yW"),
    "nobody knows the name": guarded("platform snapshot:make"),
  },
};
