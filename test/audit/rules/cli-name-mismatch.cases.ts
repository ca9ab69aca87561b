import { app, backup, cron, guarded, hooks } from "../app.ts";
import { php, url } from "../installing.ts";
import type { RuleCases } from "../rule-cases.ts";

export const cases: RuleCases = {
  fires: {
    "upsun is installed and platform is called": {
      given: app(
        ...hooks({ build: [`${url} | VENDOR=upsun bash`] }),
        ...cron(["platform backup:list"]),
      ),
      finds: [
        {
          severity: "error",
          at: "11:17-11:37",
          message: "the cron job calls platform, but what is installed is upsun",
          fix: "unsafe: Call upsun instead",
        },
      ],
      fixed: app(
        ...hooks({ build: [`${url} | VENDOR=upsun bash`] }),
        ...cron(["upsun backup:list"]),
      ),
    },
    "the PHP installer brings platform and upsun is called": {
      given: app(...hooks({ build: [`${php} | php`] }), ...cron(["timeout 60 upsun backup:list"])),
      finds: [
        {
          severity: "error",
          at: "11:28-11:45",
          message: "the cron job calls upsun, but what is installed is platform",
          fix: "unsafe: Call platform instead",
        },
      ],
      fixed: app(
        ...hooks({ build: [`${php} | php`] }),
        ...cron(["timeout 60 platform backup:list"]),
      ),
    },
  },
  quiet: {
    "they are the same": guarded(backup),
    "a link gives it the other name": app(
      ...hooks({
        build: [`${url} | VENDOR=upsun bash`, "ln -s .global/bin/upsun .global/bin/platform"],
      }),
      ...cron(["platform backup:list"]),
    ),
    "both are installed": app(
      ...hooks({ build: [`${url} | VENDOR=upsun bash`, `${php} | php`] }),
      ...cron(["platform backup:list"]),
    ),
    "it can't be told what is installed": app(
      ...hooks({ build: ["curl -L https://github.com/upsun/cli/releases/latest | tar xz"] }),
      ...cron(["platform backup:list"]),
    ),
  },
};
