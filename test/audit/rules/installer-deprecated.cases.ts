import { app, backup, guarded } from "../app.ts";
import { commands, installed, php, upsun, withBuild } from "../installing.ts";
import type { RuleCases } from "../rule-cases.ts";

export const cases: RuleCases = {
  fires: {
    "Composer brings a version that is years old": {
      given: app("dependencies:", "    php:", "        platformsh/cli: '~3.88'"),
      finds: [
        {
          severity: "warning",
          at: "5:9-5:23",
          message: "The app depends on platformsh/cli ~3.88, an old version of the CLI",
        },
      ],
    },
    "the build hook requires one": {
      given: withBuild("composer global require platformsh/cli:1.*"),
      finds: [
        {
          severity: "warning",
          at: "5:9-5:51",
          message: "the build hook requires an old version of the CLI with Composer",
        },
      ],
    },
    "the PHP installer is piped into php": {
      given: withBuild("make", `${php} | php`, "make test"),
      finds: [
        {
          severity: "warning",
          at: "6:9-6:57",
          message: "the build hook installs the CLI with the deprecated PHP installer",
          fix: "unsafe: Use the current installer",
        },
      ],
      fixed: withBuild("make", ...installed, "make test"),
    },
    "it stands among other commands": {
      given: withBuild(`make && ${php} | php && make test`),
      finds: [
        {
          severity: "warning",
          at: "5:17-5:65",
          message: "the build hook installs the CLI with the deprecated PHP installer",
          fix: "unsafe: Use the current installer",
        },
      ],
      fixed: withBuild(`make && { ${commands.join(" && ")}; } && make test`),
    },
    "it is downloaded first": {
      given: withBuild(`${php} -o cli.php`, "php cli.php"),
      finds: [
        {
          severity: "warning",
          at: "5:9-5:62",
          message: "the build hook installs the CLI with the deprecated PHP installer",
        },
      ],
    },
    "its place is named elsewhere": {
      given: withBuild(`${php} | php`, "ls /app/.platformsh/bin"),
      finds: [
        {
          severity: "warning",
          at: "5:9-5:57",
          message: "the build hook installs the CLI with the deprecated PHP installer",
        },
      ],
    },
  },
  quiet: {
    "Composer brings a version of today": app(
      "dependencies:",
      "    php:",
      "        platformsh/cli: '^4'",
    ),
    "the current installer is used": guarded(backup),
    "an old release is asked for": withBuild(`${php} | php -- --max=3.99`),
    "it is only printed": withBuild(`echo '${php} | php'`),
    "the project was converted for Upsun": upsun(`${php} | php`),
  },
};
