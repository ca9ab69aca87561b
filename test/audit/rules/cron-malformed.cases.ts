import { app, cronJob, crons } from "../app.ts";
import type { Example, RuleCases } from "../rule-cases.ts";

/** A file of Upsun with an app, and with these lines beside its apps. */
function upsun(...lines: readonly string[]): Example {
  const place = { form: "applications", path: ["applications", "shop"], name: "shop" } as const;
  return {
    text: ["applications:", "    shop:", "        type: 'php:8.3'", ...lines, ""].join("\n"),
    place,
  };
}

export const cases: RuleCases = {
  fires: {
    "commands is a text": {
      given: crons(
        "sweep:",
        "    spec: '9 4 * * *'",
        "    commands: php bin/sweep --quiet # daily",
      ),
      finds: [
        {
          severity: "error",
          at: "6:9-6:17",
          message: "commands of the cron sweep is a text, where a mapping with start is expected",
          fix: "unsafe: Write it as commands.start",
        },
      ],
      fixed: crons(
        "sweep:",
        "    spec: '9 4 * * *'",
        "    commands:",
        "        start: php bin/sweep --quiet # daily",
      ),
    },
    "commands is a script of several lines": {
      given: crons(
        "sweep:",
        "    spec: '9 4 * * *'",
        "    commands: |",
        "        cd web",
        "        make",
        "    timeout: 60",
      ),
      finds: [
        {
          severity: "error",
          at: "6:9-6:17",
          message: "commands of the cron sweep is a text, where a mapping with start is expected",
          fix: "unsafe: Write it as commands.start",
        },
      ],
      fixed: crons(
        "sweep:",
        "    spec: '9 4 * * *'",
        "    commands:",
        "        start: |",
        "            cd web",
        "            make",
        "    timeout: 60",
      ),
    },
    "commands is a list of one": {
      given: crons(
        "sweep:",
        "    spec: '9 4 * * *'",
        "    commands:",
        "    - 'make sweep'",
        "    timeout: 60",
      ),
      finds: [
        {
          severity: "error",
          at: "6:9-6:17",
          message: "commands of the cron sweep is a list, where a mapping with start is expected",
          fix: "unsafe: Write it as commands.start",
        },
      ],
      fixed: crons(
        "sweep:",
        "    spec: '9 4 * * *'",
        "    commands:",
        "        start: 'make sweep'",
        "    timeout: 60",
      ),
    },
    "commands is a list of one in brackets": {
      given: crons("sweep: { spec: '9 4 * * *', commands: [make sweep] }"),
      finds: [
        {
          severity: "error",
          at: "4:33-4:41",
          message: "commands of the cron sweep is a list, where a mapping with start is expected",
          fix: "unsafe: Write it as commands.start",
        },
      ],
      fixed: crons("sweep: { spec: '9 4 * * *', commands: { start: make sweep } }"),
    },
    "commands is a list of two": {
      given: crons("sweep:", "    spec: '9 4 * * *'", "    commands: [make, make sweep]"),
      finds: [
        {
          severity: "error",
          at: "6:9-6:17",
          message: "commands of the cron sweep is a list, where a mapping with start is expected",
          fix: "by hand: Write it as one text below commands.start",
        },
      ],
    },
    "cmd is a mapping": {
      given: crons(
        "sweep:",
        "    cmd:",
        "        start: make sweep",
        "        stop: make stop",
        "    spec: '9 4 * * *'",
      ),
      finds: [
        {
          severity: "error",
          at: "5:9-5:12",
          message: "cmd of the cron sweep is a mapping, where a text is expected",
          fix: "unsafe: Call cmd commands",
        },
      ],
      fixed: crons(
        "sweep:",
        "    commands:",
        "        start: make sweep",
        "        stop: make stop",
        "    spec: '9 4 * * *'",
      ),
    },
    "cmd is a list": {
      given: crons(
        "sweep:",
        "    spec: '9 4 * * *'",
        "    cmd:",
        "        - make",
        "        - make sweep",
      ),
      finds: [
        {
          severity: "error",
          at: "6:9-6:12",
          message: "cmd of the cron sweep is a list, where a text is expected",
          fix: "by hand: Write it as one text below commands.start",
        },
      ],
    },
    "start stands beside spec": {
      given: crons("sweep: { spec: '9 4 * * *', start: 'make sweep' }"),
      finds: [
        {
          severity: "error",
          at: "4:33-4:38",
          message:
            "The cron sweep has its command as start beside spec, and commands.start is missing",
          fix: "unsafe: Write it as commands.start",
        },
      ],
      fixed: crons("sweep: { spec: '9 4 * * *', commands: { start: 'make sweep' } }"),
    },
    "the key is called command": {
      given: crons(
        "sweep:",
        "    command: >-",
        "        make",
        "        sweep",
        "    spec: '9 4 * * *'",
      ),
      finds: [
        {
          severity: "error",
          at: "5:9-5:16",
          message:
            "The cron sweep has its command as command beside spec, and commands.start is missing",
          fix: "unsafe: Write it as commands.start",
        },
      ],
      fixed: crons(
        "sweep:",
        "    commands:",
        "        start: >-",
        "            make",
        "            sweep",
        "    spec: '9 4 * * *'",
      ),
    },
    "commands holds only what stops it": {
      given: crons("sweep:", "    spec: '9 4 * * *'", "    commands:", "        stop: make stop"),
      finds: [
        {
          severity: "error",
          at: "4:5-4:10",
          message: "The cron sweep has no command: commands.start is missing",
          fix: "by hand: Give it a command",
        },
      ],
    },
    "start is a list": {
      given: crons(
        "sweep:",
        "    spec: '9 4 * * *'",
        "    commands:",
        "        start:",
        "            - make",
        "            - make sweep",
      ),
      finds: [
        {
          severity: "error",
          at: "7:13-7:18",
          message: "commands.start of the cron sweep is a list, where one text is expected",
          fix: "by hand: Write it as one text below commands.start",
        },
      ],
    },
    "it has nothing but a schedule": {
      given: crons("sweep: { spec: '9 4 * * *' }"),
      finds: [
        {
          severity: "error",
          at: "4:5-4:10",
          message: "The cron sweep has no command: commands.start is missing",
          fix: "by hand: Give it a command",
        },
      ],
    },
    "the timezone stands among the crons": {
      given: crons("timezone: Europe/London", ...cronJob("clean", "0 5 * * *", "./clean.sh")),
      finds: [
        {
          severity: "error",
          at: "4:5-4:13",
          message: "timezone stands among the crons; it belongs beside crons, as a key of the app",
          fix: "by hand: Write it beside crons",
        },
      ],
    },
    "a cron is only a command": {
      given: crons("clean: ./clean.sh"),
      finds: [
        {
          severity: "error",
          at: "4:5-4:10",
          message: "The cron clean is a text, where a mapping with spec and commands is expected",
          fix: "by hand: Write it as the manual has it",
        },
      ],
    },
    "a cron is a list": {
      given: crons("clean: [./clean.sh]"),
      finds: [
        {
          severity: "error",
          at: "4:5-4:10",
          message: "The cron clean is a list, where a mapping with spec and commands is expected",
          fix: "by hand: Write it as the manual has it",
        },
      ],
    },
    "a cron holds nothing": {
      given: crons("clean:"),
      finds: [
        {
          severity: "error",
          at: "4:5-4:10",
          message:
            "The cron clean holds nothing, where a mapping with spec and commands is expected",
          fix: "by hand: Write it as the manual has it",
        },
      ],
    },
    "crons is a text": {
      given: app("crons: none"),
      finds: [
        {
          severity: "error",
          at: "3:1-3:6",
          message: "crons holds a text, where a mapping of crons is expected",
          fix: "by hand: Write the crons below it",
        },
      ],
    },
    "crons is a list": {
      given: app("crons:", "    - ./clean.sh"),
      finds: [
        {
          severity: "error",
          at: "3:1-3:6",
          message: "crons holds a list, where a mapping of crons is expected",
          fix: "by hand: Write the crons below it",
        },
      ],
    },
    "its limit has a unit": {
      given: crons(...cronJob("sweep", "9 4 * * *", "make"), "    timeout: 1h # an hour"),
      finds: [
        {
          severity: "error",
          at: "8:9-8:16",
          message: "timeout of the cron sweep is 1h, where a number of seconds is expected",
          fix: "by hand: Write it in seconds",
        },
      ],
    },
    "its limit is a block of text": {
      given: crons(
        ...cronJob("sweep", "9 4 * * *", "make"),
        "    timeout: |",
        "        an hour",
        "        at the most",
      ),
      finds: [
        {
          severity: "error",
          at: "8:9-8:16",
          message: "timeout of the cron sweep is a text, where a number of seconds is expected",
          fix: "by hand: Write it in seconds",
        },
      ],
    },
    "it is to end within a list": {
      given: crons(...cronJob("sweep", "9 4 * * *", "make"), "    shutdown_timeout: [30]"),
      finds: [
        {
          severity: "error",
          at: "8:9-8:25",
          message:
            "shutdown_timeout of the cron sweep is a list, where a number of seconds is expected",
          fix: "by hand: Write it in seconds",
        },
      ],
    },
    "it may take longer than a day": {
      given: crons(...cronJob("sweep", "9 4 * * *", "make"), "    timeout: 86401"),
      finds: [
        {
          severity: "warning",
          at: "8:9-8:16",
          message: "timeout of the cron sweep is 86401, and 86400 seconds, a day, is the most",
          fix: "by hand: Leave it at 86400 or less",
        },
      ],
    },
    "cmd is a list of one": {
      given: crons("sweep:", "    spec: '9 4 * * *'", "    cmd:", "        - make sweep"),
      finds: [
        {
          severity: "error",
          at: "6:9-6:12",
          message: "cmd of the cron sweep is a list, where a text is expected",
          fix: "unsafe: Write it as commands.start",
        },
      ],
      fixed: crons("sweep:", "    spec: '9 4 * * *'", "    commands:", "        start: make sweep"),
    },
    "start is a list of one in braces": {
      given: crons(
        "sweep:",
        "    spec: '9 4 * * *'",
        "    commands:",
        "        start: ['make sweep'] # daily",
      ),
      finds: [
        {
          severity: "error",
          at: "7:13-7:18",
          message: "commands.start of the cron sweep is a list, where one text is expected",
          fix: "unsafe: Write it as commands.start",
        },
      ],
      fixed: crons(
        "sweep:",
        "    spec: '9 4 * * *'",
        "    commands:",
        "        start: 'make sweep' # daily",
      ),
    },
    "start is a list of one with a comment": {
      given: crons(
        "sweep:",
        "    spec: '9 4 * * *'",
        "    commands:",
        "        start:",
        "            # daily",
        "            - make sweep",
      ),
      finds: [
        {
          severity: "error",
          at: "7:13-7:18",
          message: "commands.start of the cron sweep is a list, where one text is expected",
          fix: "by hand: Write it as commands.start",
        },
      ],
    },
    "commands is a list of one mapping": {
      given: crons(
        "sweep:",
        "    spec: '9 4 * * *'",
        "    commands:",
        "        - start: make sweep",
      ),
      finds: [
        {
          severity: "error",
          at: "6:9-6:17",
          message: "commands of the cron sweep is a list, where a mapping with start is expected",
          fix: "unsafe: Write it as commands.start",
        },
      ],
      fixed: crons("sweep:", "    spec: '9 4 * * *'", "    commands:", "        start: make sweep"),
    },
    "the command is below commands by another name": {
      given: crons(
        "sweep:",
        "    spec: '9 4 * * *'",
        "    commands:",
        "        command: make sweep",
        "        stop: make stop",
      ),
      finds: [
        {
          severity: "error",
          at: "7:13-7:20",
          message:
            "The cron sweep has its command as commands.command, and commands.start is missing",
          fix: "unsafe: Write it as commands.start",
        },
      ],
      fixed: crons(
        "sweep:",
        "    spec: '9 4 * * *'",
        "    commands:",
        "        start: make sweep",
        "        stop: make stop",
      ),
    },
    "it is there as a list of two": {
      given: crons(
        "sweep:",
        "    spec: '9 4 * * *'",
        "    commands:",
        "        run: [make clean, make sweep]",
      ),
      finds: [
        {
          severity: "error",
          at: "7:13-7:16",
          message: "commands.run of the cron sweep is a list, and commands.start is missing",
          fix: "by hand: Write it as one text below commands.start",
        },
      ],
    },
    "the command is called run": {
      given: crons("sweep:", "    spec: '9 4 * * *'", "    run: make sweep"),
      finds: [
        {
          severity: "error",
          at: "6:9-6:12",
          message:
            "The cron sweep has its command as run beside spec, and commands.start is missing",
          fix: "unsafe: Write it as commands.start",
        },
      ],
      fixed: crons("sweep:", "    spec: '9 4 * * *'", "    commands:", "        start: make sweep"),
    },
    "commands is mistyped": {
      given: crons("sweep:", "    spec: '9 4 * * *'", "    comands:", "        start: make sweep"),
      finds: [
        {
          severity: "error",
          at: "6:9-6:16",
          message:
            "The cron sweep has its command as comands beside spec, and commands.start is missing",
          fix: "unsafe: Call comands commands",
        },
      ],
      fixed: crons("sweep:", "    spec: '9 4 * * *'", "    commands:", "        start: make sweep"),
    },
    "the command stands beside commands that only stop it": {
      given: crons(
        "sweep:",
        "    spec: '9 4 * * *'",
        "    start: make sweep",
        "    commands:",
        "        stop: make stop",
      ),
      finds: [
        {
          severity: "error",
          at: "6:9-6:14",
          message:
            "The cron sweep has its command as start beside spec, and commands.start is missing",
          fix: "by hand: Write it as commands.start",
        },
      ],
    },
    "the command is empty": {
      given: crons("sweep:", "    spec: '9 4 * * *'", "    commands:", "        start: ''"),
      finds: [
        {
          severity: "warning",
          at: "7:13-7:18",
          message: "The cron sweep has nothing to run: commands.start is empty",
          fix: "by hand: Give it a command",
        },
      ],
    },
    "the command is empty in the older form": {
      given: crons("sweep:", "    spec: '9 4 * * *'", "    cmd: ''"),
      finds: [
        {
          severity: "warning",
          at: "6:9-6:12",
          message: "The cron sweep has nothing to run: cmd is empty",
          fix: "by hand: Give it a command",
        },
      ],
    },
    "another command stands beside the one that counts": {
      given: crons(
        "sweep:",
        "    spec: '9 4 * * *'",
        "    start: make sweep",
        "    commands:",
        "        start: make clean",
      ),
      finds: [
        {
          severity: "warning",
          at: "6:9-6:14",
          message: "The cron sweep has start beside commands.start, and a cron has no such key",
          fix: "by hand: Leave one command",
        },
      ],
    },
    "crons is written in the singular": {
      given: app(
        "cron:",
        "    sweep:",
        "        spec: '9 4 * * *'",
        "        commands: { start: make sweep }",
      ),
      finds: [
        {
          severity: "warning",
          at: "3:1-3:5",
          message: "cron is no section of jobs: crons is probably meant, and none of them is run",
          fix: "unsafe: Write it as crons",
        },
      ],
      fixed: app(
        "crons:",
        "    sweep:",
        "        spec: '9 4 * * *'",
        "        commands: { start: make sweep }",
      ),
    },
    "crons stand below web": {
      given: app("web:", "    crons:", "        sweep:", "            spec: '9 4 * * *'"),
      finds: [
        {
          severity: "warning",
          at: "4:5-4:10",
          message: "crons stands below web, and belongs beside it: none of them is run",
          fix: "by hand: Write it as the manual has it",
        },
      ],
    },
    "crons are there, and some by another name": {
      given: app("crons: {}", "cronjobs:", "    sweep:", "        spec: '9 4 * * *'"),
      finds: [
        {
          severity: "warning",
          at: "4:1-4:9",
          message:
            "cronjobs is no section of jobs: crons is probably meant, and none of them is run",
          fix: "by hand: Write it as the manual has it",
        },
      ],
    },
    "crons stand beside the apps of Upsun": {
      given: upsun("crons:", "    sweep:", "        spec: '9 4 * * *'"),
      finds: [
        {
          severity: "warning",
          at: "4:1-4:6",
          message:
            "crons stands beside applications, and belongs in one of them: none of them is run",
          fix: "by hand: Write it as the manual has it",
        },
      ],
    },
  },
  quiet: {
    "only the command for the end has no start beside it": crons(
      "sweep:",
      "    spec: '9 4 * * *'",
      "    cmd: make sweep",
      "    shutdown_timeout: 20",
    ),
    "its limits are numbers": crons(
      ...cronJob("sweep", "9 4 * * *", "make"),
      "    timeout: '3600'",
      "    shutdown_timeout: 30",
    ),
    "its limit is left empty": crons(...cronJob("sweep", "9 4 * * *", "make"), "    timeout:"),
    "it may take a day": crons(...cronJob("sweep", "9 4 * * *", "make"), "    timeout: 86400"),
    "each cron is a mapping": crons(...cronJob("clean", "0 5 * * *", "./clean.sh")),
    "crons holds nothing": app("crons:"),
    "crons stands in another file": app("crons: !include crons.yaml"),
    "a cron stands in another file": crons("clean: !include clean.yaml"),
    "a cron has an anchor's value": app(
      "x-clean: &clean",
      ...cronJob("clean", "0 5 * * *", "./clean.sh").slice(1),
      "crons:",
      "    clean: *clean",
    ),
  },
};
