import { leastPermissions } from "../../automation/role.ts";
import {
  effectWithoutAnswer,
  hasFlag,
  isOfficialCli,
  unknownOptions,
  waitsByDefault,
  whyIdle,
} from "../../shell/cli-call.ts";
import {
  type CliCommandFacts,
  cliCommand,
  formerNames,
  leastRole,
} from "../../shell/cli-commands.ts";
import { type CliCommand, readScript } from "../../shell/script.ts";
import type { Task } from "./task.ts";

/** Commands of one's own: what they need is read from them. */
export const custom: Task = {
  id: "custom",
  title: "Run commands of your own",
  notes: [
    "The commands are read as dash would run them; the role follows from the CLI commands in them, and --no-wait and --yes are added where one would wait or ask.",
  ],
  ssh: false,
  work: {
    kind: "cron",
    schedule: "0 6 * * *",
    cronName: "automation",
    commands: ({ commands }) => readScript(commands).commands.map(({ name }) => name),
    literally: true,
    script: (_binary, { commands }) => commands.split("\n"),
  },
  permissions: (type, { commands }) => leastPermissions(type, readScript(commands).commands),
};

/** What is wrong with commands of one's own, in a sentence; undefined when a machine user can run them. */
export function problemOfCommands(text: string): string | undefined {
  if (text.trim() === "") return "A command is needed";
  const { commands, problem } = readScript(text);
  if (problem !== undefined) return `dash could not read that: ${problem}`;
  if (commands.length === 0) return "There is no command of the platform's CLI in that";
  const strange = commands.find(({ name }) => cliCommand(name) === undefined);
  if (strange !== undefined) return `The CLI has no command ${strange.written}`;
  const [gone] = commands.flatMap((command) => refusalBy(command) ?? []);
  if (gone !== undefined) return gone;
  const refused = known(commands).find((facts) => leastRole(facts) === "beyond the project");
  if (refused !== undefined) {
    return `${refused.name} needs rights beyond one project, which a machine user must not have`;
  }
  const idle = commands.find((command) => whyIdle(command) !== undefined);
  if (idle === undefined) return undefined;
  return whyIdle(idle) === "refused"
    ? `${idle.name} is given the answer no, and does nothing; write --yes if it is to go ahead`
    : `${idle.name} asks first, and does nothing where nobody answers; write --yes if it is to go ahead`;
}

/** Why the current CLI ends a call with an error before it does anything; undefined where that isn't known. */
function refusalBy(command: CliCommand): string | undefined {
  if (!isOfficialCli(command)) return undefined;
  const name = formerNames.get(command.written);
  if (name !== undefined) return `The CLI has ${command.written} only as ${name} by now`;
  const [found] = unknownOptions(command);
  if (found === undefined) return undefined;
  const [option] = found.option.text.split("=", 1);
  const hint = found.meant === undefined ? "" : `; ${found.meant} may be meant`;
  return `${command.name} has no option ${option}${hint}`;
}

/** The commands with `--no-wait` where one would wait and `--yes` where one would ask. */
export function completeCommands(text: string): string {
  const missing = readScript(text).commands.flatMap((command) => {
    const flags = [
      ...(effectWithoutAnswer(command) === "works" && !hasFlag(command, "--yes", "y")
        ? [" --yes"]
        : []),
      ...(waitsByDefault(command) && !hasFlag(command, "--no-wait", "W") ? [" --no-wait"] : []),
    ];
    return flags.length === 0 ? [] : [{ at: command.nameEnd, flags: flags.join("") }];
  });
  return missing
    .toReversed()
    .reduce((script, { at, flags }) => script.slice(0, at) + flags + script.slice(at), text.trim());
}

function known(commands: readonly CliCommand[]): readonly CliCommandFacts[] {
  return commands.flatMap(({ name }) => cliCommand(name) ?? []);
}
