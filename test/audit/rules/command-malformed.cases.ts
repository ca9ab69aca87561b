import { app } from "../app.ts";
import type { Example, RuleCases } from "../rule-cases.ts";

function taskText(...lines: readonly string[]): string {
  return ["tasks:", "  report:", "    type: 'php:8.3'", ...lines, ""].join("\n");
}

/** A task of Upsun with these lines after its type. */
function task(...lines: readonly string[]): Example {
  const place = { form: "task", path: ["tasks", "report"], name: "report" } as const;
  return { text: taskText(...lines), place };
}

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
    "the commands of an operation are a text": {
      given: app("operations:", "    clear:", "        commands: bin/clear   # all of it"),
      finds: [
        {
          severity: "error",
          at: "5:9-5:17",
          message:
            "The operation clear has a text as commands, where a mapping with start is expected",
          fix: "unsafe: Write it as commands.start",
        },
      ],
      fixed: app(
        "operations:",
        "    clear:",
        "        commands:",
        "            start: bin/clear   # all of it",
      ),
    },
    "an operation is a text": {
      given: app("operations:", "    clear: 'bin/clear'"),
      finds: [
        {
          severity: "error",
          at: "4:5-4:10",
          message: "The operation clear is a text, where a mapping with commands.start is expected",
          fix: "unsafe: Write it as commands.start",
        },
      ],
      fixed: app(
        "operations:",
        "    clear:",
        "        commands:",
        "            start: 'bin/clear'",
      ),
    },
    "the command of an operation stands beside role": {
      given: app("operations:", "    clear:", "        role: admin", "        start: bin/clear"),
      finds: [
        {
          severity: "error",
          at: "6:9-6:14",
          message: "The operation clear has its command as start, and commands.start is missing",
          fix: "unsafe: Write it as commands.start",
        },
      ],
      fixed: app(
        "operations:",
        "    clear:",
        "        role: admin",
        "        commands:",
        "            start: bin/clear",
      ),
    },
    "the command of an operation is a list": {
      given: app(
        "operations:",
        "    clear:",
        "        commands:",
        "            start:",
        "                - bin/clear",
        "                - bin/warm",
      ),
      finds: [
        {
          severity: "error",
          at: "6:13-6:18",
          message: "The operation clear has a list as commands.start, where one text is expected",
          fix: "by hand: Write it as one text below commands.start",
        },
      ],
    },
    "an operation has nothing to run": {
      given: app("operations:", "    clear:", "        role: admin"),
      finds: [
        {
          severity: "error",
          at: "4:5-4:10",
          message: "The operation clear has no command: commands.start is missing",
          fix: "by hand: Write it as one text below commands.start",
        },
      ],
    },
    "an operation is empty": {
      given: app("operations:", "    clear:"),
      finds: [
        {
          severity: "error",
          at: "4:5-4:10",
          message:
            "The operation clear holds nothing, where a mapping with commands.start is expected",
          fix: "by hand: Write it as one text below commands.start",
        },
      ],
    },
    "operations is a list": {
      given: app("operations:", "    - bin/clear"),
      finds: [
        {
          severity: "error",
          at: "3:1-3:11",
          message: "operations holds a list, where a mapping is expected",
          fix: "by hand: Write it as the manual has it",
        },
      ],
    },
    "the commands of a worker are a text": {
      given: app("workers:", "    queue:", "        commands: bin/work"),
      finds: [
        {
          severity: "error",
          at: "5:9-5:17",
          message:
            "The worker queue has a text as commands, where a mapping with start is expected",
          fix: "unsafe: Write it as commands.start",
        },
      ],
      fixed: app("workers:", "    queue:", "        commands:", "            start: bin/work"),
    },
    "the commands of a worker are a list": {
      given: app("workers:", "    queue:", "        commands:", "            - bin/work"),
      finds: [
        {
          severity: "error",
          at: "5:9-5:17",
          message:
            "The worker queue has a list as commands, where a mapping with start is expected",
          fix: "unsafe: Write it as commands.start",
        },
      ],
    },
    "a worker has its command as cmd": {
      given: app("workers:", "    queue:", "        size: S", "        cmd: bin/work"),
      finds: [
        {
          severity: "error",
          at: "6:9-6:12",
          message: "The worker queue has its command as cmd, and commands.start is missing",
          fix: "unsafe: Write it as commands.start",
        },
      ],
      fixed: app(
        "workers:",
        "    queue:",
        "        size: S",
        "        commands:",
        "            start: bin/work",
      ),
    },
    "a worker has commands without start": {
      given: app("workers:", "    queue:", "        commands:", "            pre_start: bin/warm"),
      finds: [
        {
          severity: "error",
          at: "5:9-5:17",
          message: "The worker queue has no command: commands.start is missing",
          fix: "by hand: Write it as one text below commands.start",
        },
      ],
    },
    "the commands of web are a text": {
      given: app("web:", "    commands: bin/serve", "    locations: {}"),
      finds: [
        {
          severity: "error",
          at: "4:5-4:13",
          message:
            "The web instance has a text as commands, where a mapping with start is expected",
          fix: "unsafe: Write it as commands.start",
        },
      ],
      fixed: app("web:", "    commands:", "        start: bin/serve", "    locations: {}"),
    },
    "the start command of web is a mapping": {
      given: app("web:", "    commands:", "        start:", "            run: bin/serve"),
      finds: [
        {
          severity: "error",
          at: "5:9-5:14",
          message: "The web instance has a mapping as commands.start, where one text is expected",
          fix: "unsafe: Write it as commands.start",
        },
      ],
    },
    "web is a text": {
      given: app("web: bin/serve"),
      finds: [
        {
          severity: "error",
          at: "3:1-3:4",
          message: "The web instance is a text, where a mapping with commands.start is expected",
          fix: "unsafe: Write it as commands.start",
        },
      ],
    },
    "a task has its command as run": {
      given: task("    run: bin/report"),
      finds: [
        {
          severity: "error",
          at: "4:5-4:8",
          message: "The task report has its command as run, and run.command is missing",
          fix: "unsafe: Write it as run.command",
        },
      ],
      fixed: taskText("    run:", "      command: bin/report"),
    },
    "a task has its command as run.start": {
      given: task("    run: { start: bin/report, timeout: 60 }"),
      finds: [
        {
          severity: "error",
          at: "4:12-4:17",
          message: "The task report has its command as start, and command is missing",
          fix: "unsafe: Write it as command",
        },
      ],
      fixed: taskText("    run: { command: bin/report, timeout: 60 }"),
    },
    "the command of a task is a list": {
      given: task("    run:", "        command: [bin/report]"),
      finds: [
        {
          severity: "error",
          at: "5:9-5:16",
          message: "The task report has a list as command, where one text is expected",
          fix: "unsafe: Write it as command",
        },
      ],
    },
    "a task has nothing to run": {
      given: task("    run: { timeout: 60 }"),
      finds: [
        {
          severity: "error",
          at: "4:5-4:8",
          message: "The task report has no command: run.command is missing",
          fix: "by hand: Write it as one text below run.command",
        },
      ],
    },
    "a task is nothing but a type": {
      given: task(),
      finds: [
        {
          severity: "error",
          at: "3:5-3:9",
          message: "The task report has no command: run.command is missing",
          fix: "by hand: Write it as one text below run.command",
        },
      ],
    },
    "a source operation is a text": {
      given: app("source:", "    operations:", "        update: bin/update"),
      finds: [
        {
          severity: "error",
          at: "5:9-5:15",
          message:
            "The source operation update is a text, where a mapping with command is expected",
          fix: "unsafe: Write it as command",
        },
      ],
      fixed: app(
        "source:",
        "    operations:",
        "        update:",
        "            command: bin/update",
      ),
    },
    "a source operation has its command as commands": {
      given: app(
        "source:",
        "    operations:",
        "        update:",
        "            commands: bin/update",
      ),
      finds: [
        {
          severity: "error",
          at: "6:13-6:21",
          message:
            "The source operation update has its command as commands, and command is missing",
          fix: "unsafe: Write it as command",
        },
      ],
      fixed: app(
        "source:",
        "    operations:",
        "        update:",
        "            command: bin/update",
      ),
    },
    "the command of a source operation is a mapping": {
      given: app(
        "source:",
        "    operations:",
        "        update:",
        "            command:",
        "                start: bin/update",
      ),
      finds: [
        {
          severity: "error",
          at: "6:13-6:20",
          message:
            "The source operation update has a mapping as command, where one text is expected",
          fix: "unsafe: Write it as command",
        },
      ],
    },
    "a source operation has no command": {
      given: app("source:", "    operations:", "        update: {}"),
      finds: [
        {
          severity: "error",
          at: "5:9-5:15",
          message: "The source operation update has no command: command is missing",
          fix: "by hand: Write it as one text below command",
        },
      ],
    },
    "a worker whose name is a number is a text": {
      given: app("workers:", "    1: bin/work"),
      finds: [
        {
          severity: "error",
          at: "4:5-4:6",
          message: "The worker 1 is a text, where a mapping with commands.start is expected",
          fix: "unsafe: Write it as commands.start",
        },
      ],
      fixed: app("workers:", "    1:", "        commands:", "            start: bin/work"),
    },
    "the commands of an operation are a list of one": {
      given: app("operations:", "    clear:", "        commands:", "            - bin/clear # all"),
      finds: [
        {
          severity: "error",
          at: "5:9-5:17",
          message:
            "The operation clear has a list as commands, where a mapping with start is expected",
          fix: "unsafe: Write it as commands.start",
        },
      ],
      fixed: app(
        "operations:",
        "    clear:",
        "        commands:",
        "            start: bin/clear # all",
      ),
    },
    "the commands of an operation are a list of one mapping": {
      given: app("operations:", "    clear:", "        commands: [{ start: bin/clear }]"),
      finds: [
        {
          severity: "error",
          at: "5:9-5:17",
          message:
            "The operation clear has a list as commands, where a mapping with start is expected",
          fix: "unsafe: Write it as commands.start",
        },
      ],
      fixed: app("operations:", "    clear:", "        commands:", "            start: bin/clear"),
    },
    "the commands of an operation have another name": {
      given: app(
        "operations:",
        "    clear:",
        "        cmd:",
        "            start: bin/clear",
        "            stop: bin/stop",
      ),
      finds: [
        {
          severity: "error",
          at: "5:9-5:12",
          message: "The operation clear has its command as cmd, and commands.start is missing",
          fix: "unsafe: Call cmd commands",
        },
      ],
      fixed: app(
        "operations:",
        "    clear:",
        "        commands:",
        "            start: bin/clear",
        "            stop: bin/stop",
      ),
    },
    "the command of an operation is below commands by another name": {
      given: app("operations:", "    clear:", "        commands:", "            cmd: bin/clear"),
      finds: [
        {
          severity: "error",
          at: "6:13-6:16",
          message:
            "The operation clear has its command as commands.cmd, and commands.start is missing",
          fix: "unsafe: Write it as commands.start",
        },
      ],
      fixed: app("operations:", "    clear:", "        commands:", "            start: bin/clear"),
    },
    "an operation in braces has its command as start": {
      given: app("operations: { clear: { start: bin/clear } }"),
      finds: [
        {
          severity: "error",
          at: "3:24-3:29",
          message: "The operation clear has its command as start, and commands.start is missing",
          fix: "unsafe: Write it as commands.start",
        },
      ],
      fixed: app("operations: { clear: { commands: { start: bin/clear } } }"),
    },
    "the command of an operation is called run": {
      given: app("operations:", "    clear:", "        run: bin/clear"),
      finds: [
        {
          severity: "error",
          at: "5:9-5:12",
          message: "The operation clear has its command as run, and commands.start is missing",
          fix: "unsafe: Write it as commands.start",
        },
      ],
      fixed: app("operations:", "    clear:", "        commands:", "            start: bin/clear"),
    },
    "the start command of an operation is empty": {
      given: app("operations:", "    clear:", "        commands:", "            start: ''"),
      finds: [
        {
          severity: "error",
          at: "6:13-6:18",
          message: "The operation clear has nothing as commands.start, where one text is expected",
          fix: "by hand: Write it as one text below commands.start",
        },
      ],
    },
    "the start command of a worker holds nothing": {
      given: app("workers:", "    queue:", "        commands:", "            start:"),
      finds: [
        {
          severity: "error",
          at: "6:13-6:18",
          message: "The worker queue has nothing as commands.start, where one text is expected",
          fix: "by hand: Write it as one text below commands.start",
        },
      ],
    },
    "the command of web is below commands by another name": {
      given: app("web:", "    commands:", "        run: bin/serve"),
      finds: [
        {
          severity: "error",
          at: "5:9-5:12",
          message:
            "The web instance has its command as commands.run, and commands.start is missing",
          fix: "unsafe: Write it as commands.start",
        },
      ],
      fixed: app("web:", "    commands:", "        start: bin/serve"),
    },
    "a source operation is written as an operation is": {
      given: app(
        "source:",
        "    operations:",
        "        update:",
        "            commands:",
        "                start: bin/update",
      ),
      finds: [
        {
          severity: "error",
          at: "6:13-6:21",
          message:
            "The source operation update has its command as commands, and command is missing",
          fix: "unsafe: Write it as command",
        },
      ],
      fixed: app(
        "source:",
        "    operations:",
        "        update:",
        "            command: bin/update",
      ),
    },
    "the command of a source operation is empty": {
      given: app("source:", "    operations:", "        update:", "            command: ''"),
      finds: [
        {
          severity: "error",
          at: "6:13-6:20",
          message: "The source operation update has nothing as command, where one text is expected",
          fix: "by hand: Write it as one text below command",
        },
      ],
    },
    "source is a list": {
      given: app("source:", "    - operations: {}"),
      finds: [
        {
          severity: "error",
          at: "3:1-3:7",
          message: "source holds a list, where a mapping is expected",
          fix: "by hand: Write it as the manual has it",
        },
      ],
    },
    "source operations are written in the singular": {
      given: app("source:", "    operation:", "        update: { command: bin/update }"),
      finds: [
        {
          severity: "warning",
          at: "4:5-4:14",
          message:
            "operation is no section of jobs: operations is probably meant, and none of them is run",
          fix: "unsafe: Write it as operations",
        },
      ],
      fixed: app("source:", "    operations:", "        update: { command: bin/update }"),
    },
    "workers is written in the singular": {
      given: app("worker:", "    queue: { commands: { start: bin/work } }"),
      finds: [
        {
          severity: "warning",
          at: "3:1-3:7",
          message:
            "worker is no section of jobs: workers is probably meant, and none of them is run",
          fix: "unsafe: Write it as workers",
        },
      ],
      fixed: app("workers:", "    queue: { commands: { start: bin/work } }"),
    },
    "a task has its command beside run": {
      given: task("    command: bin/report"),
      finds: [
        {
          severity: "error",
          at: "4:5-4:12",
          message: "The task report has its command as command, and run.command is missing",
          fix: "unsafe: Write it as run.command",
        },
      ],
      fixed: taskText("    run:", "      command: bin/report"),
    },
    "the command of a task is empty": {
      given: task("    run: { command: '' }"),
      finds: [
        {
          severity: "error",
          at: "4:12-4:19",
          message: "The task report has nothing as command, where one text is expected",
          fix: "by hand: Write it as one text below command",
        },
      ],
    },
    "an app has tasks": {
      given: app("tasks:", "    report: { run: { command: bin/report } }"),
      finds: [
        {
          severity: "warning",
          at: "3:1-3:6",
          message:
            "tasks stands in an app, and belongs beside applications in a file of Upsun: none of them is run",
          fix: "by hand: Write it as the manual has it",
        },
      ],
    },
    "a task beside an app is a text": {
      given: upsun("tasks:", "    report: bin/report"),
      finds: [
        {
          severity: "error",
          at: "5:5-5:11",
          message: "The task report is no mapping with run.command",
          fix: "by hand: Write it as the manual has it",
        },
      ],
    },
    "tasks beside an app are a list": {
      given: upsun("tasks:", "    - bin/report"),
      finds: [
        {
          severity: "error",
          at: "4:1-4:6",
          message: "tasks is no mapping of tasks by their names",
          fix: "by hand: Write it as the manual has it",
        },
      ],
    },
  },
  quiet: {
    "a task beside an app is in another file": upsun("tasks:", "    report: !include report.yaml"),
    "a task has its command": task("    run:", "        command: |", "            bin/report"),
    "what a task runs is in another file": task("    run: !include run.yaml"),
    "names are numbers": app(
      "workers:",
      "    1:",
      "        commands: { start: bin/work }",
      "operations:",
      "    1.5:",
      "        commands: { start: bin/clear }",
      "source:",
      "    operations:",
      "        5:",
      "            command: bin/update",
    ),
    "all is where the manual has it": app(
      "web:",
      "    commands: { start: bin/serve, pre_start: bin/warm }",
      "workers:",
      "    queue:",
      "        commands:",
      "            start: |",
      "                bin/work",
      "operations:",
      "    clear:",
      "        role: admin",
      "        commands: { start: bin/clear, stop: bin/stop }",
      "source:",
      "    root: shop",
      "    operations:",
      "        update:",
      "            command: bin/update",
    ),
    "web has no command, as with PHP": app("web:", "    locations:", "        '/': { root: web }"),
    "the sections are empty": app("web:", "workers:", "operations: {}", "source:"),
    "it comes from another file": app("workers:", "    queue: !include worker.yaml"),
    "a worker takes its command from an anchor": app(
      "workers:",
      "    one: &one",
      "        commands: { start: bin/work }",
      "    two:",
      "        <<: *one",
      "        size: S",
    ),
  },
};
