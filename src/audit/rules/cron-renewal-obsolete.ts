import type { Cron } from "../../appfile/app-file.ts";
import { removeKey } from "../../appfile/operations.ts";
import { timesOf } from "../../automation/schedule.ts";
import { type AppScript, cronScripts } from "../../automation/scripts.ts";
import { changesPlatform } from "../../shell/cli-call.ts";
import type { CliCommand } from "../../shell/script.ts";
import { fileFix } from "../findings/fix.ts";
import { placeAt } from "../findings/places.ts";
import { rule } from "../rule.ts";

/** A cron redeploys so that certificates are renewed, which they are without it. */
export const cronRenewalObsolete = rule({
  id: "cron-renewal-obsolete",
  severity: "warning",
  confidence: "medium",
  needs: "files",
  fixable: "unsafe",
  what: "A cron redeploys from time to time, as was needed for certificates once.",
  why: "Since December 2020 the platform renews certificates by itself, 28 days before they end. Each redeploy closes connections and holds up other activities for nothing. (Manual: “Configure routes”, HTTPS.)",
  manual: "define-routes/https",
  example: {
    before: `crons:
    renewcert:
        spec: '0 5 1,15 * *'
        commands:
            start: platform redeploy --yes --no-wait
    clean:
        spec: '0 4 * * *'
        commands:
            start: ./clean.sh`,
    after: `crons:
    clean:
        spec: '0 4 * * *'
        commands:
            start: ./clean.sh`,
  },
  ignore: "The certificate is your own, or the redeploy is for the sake of the post-deploy hook.",
  check: ({ app }) =>
    cronScripts(app).flatMap((from) => {
      const cron = app.crons.find(({ script }) => script === from.script);
      if (cron === undefined || !onlyRenews(from)) return [];
      const says = isCalledSo(cron, from);
      if (!says && !isRare(cron)) return [];
      const title = `Take the cron ${cron.name} out`;
      return [
        {
          message: `The cron ${cron.name} ${says ? "redeploys" : "seems to redeploy"} to renew certificates, which renew by themselves`,
          ...(says ? {} : { confidence: "low" as const }),
          location: placeAt(cron.in, cron.nameStart, cron.nameEnd),
          fix: fileFix({ title, disposition: "unsafe" }, () =>
            removeKey(app, ["crons", cron.name], { withComments: true }),
          ),
        },
      ];
    }),
});

/** Whether all that the cron does to the platform is to deploy what is there once more. */
function onlyRenews({ reading }: AppScript): boolean {
  const changing = reading.commands.filter(changesPlatform);
  return changing.length > 0 && changing.every(isRenewal);
}

/** One that leaves production out, say, has another purpose. */
function isRenewal({ name, guard }: CliCommand): boolean {
  return redeploying.has(name) && guard.kind !== "unknown";
}

const redeploying = new Set([
  "environment:redeploy",
  "variable:set",
  "variable:update",
  "project:variable:set",
]);

function isCalledSo({ name }: Cron, { script }: AppScript): boolean {
  return /renew-?_?(?:cert|ssl|tls|https)|\bcert(?:ificate)?s?\b|\bssl|\btls|letsencrypt/iu.test(
    `${name}\n${script.text}`,
  );
}

/** Whether it starts on one or a few days of a month, whatever the weekday. */
function isRare({ spec }: Cron): boolean {
  const times = timesOf(spec?.value ?? "");
  return times !== undefined && (times.days?.size ?? 1) <= 3 && times.weekdays?.size === 7;
}
