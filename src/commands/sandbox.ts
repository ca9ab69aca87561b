import { Failure } from "../failure.ts";
import type { CommandDefinition } from "./command.ts";

export const sandbox: CommandDefinition = {
  name: "sandbox",
  summary: "serves an embedded Platform.sh on this machine, and says how to point programs at it",
  flags: [
    { flag: "--port <port>", summary: "the port to listen on; any that is free by default" },
    {
      flag: "--projects <count>",
      summary: "how many made-up projects there are beside the sample",
    },
    { flag: "--latency <ms>", summary: "how long every answer is kept back, in milliseconds" },
    {
      flag: "--code <dir>",
      summary: "a folder whose files the project Shop has in production, instead of its own",
    },
    {
      flag: "--state <file>",
      summary: "a file that keeps what is changed, and with which it goes on at the next start",
    },
  ],
  run: async ({ flags, vendor, io }) => {
    const { code, state } = flags;
    const projects = wholeNumber(flags, {
      flag: "projects",
      what: "a number of projects",
      most: 100_000,
    });
    const request = {
      port:
        wholeNumber(flags, {
          flag: "port",
          what: "a port",
          most: 65_535,
          also: "; 0 takes any port that is free",
        }) ?? 0,
      latencyMs:
        wholeNumber(flags, {
          flag: "latency",
          what: "a time in milliseconds",
          most: 60_000,
        }) ?? 0,
      ...(projects === undefined ? {} : { projects }),
      ...(vendor?.id === "upsun" ? { ofUpsun: true } : {}),
      ...(typeof code === "string" ? { code } : {}),
      ...(typeof state === "string" ? { state } : {}),
    };
    const { sandboxCommand } = await import("./sandbox/run.ts");
    await sandboxCommand(request, io);
    return "done";
  },
};

/** @returns undefined when the flag is left out */
function wholeNumber(
  flags: Readonly<Record<string, unknown>>,
  {
    flag,
    what,
    most,
    also = "",
  }: {
    readonly flag: string;
    readonly what: string;
    readonly most: number;
    readonly also?: string;
  },
): number | undefined {
  const given = flags[flag];
  if (given === undefined) return undefined;
  const number = Number(given);
  if (given !== "" && Number.isInteger(number) && number >= 0 && number <= most) return number;
  throw new Failure("usage", {
    what: `${given} is not ${what}`,
    where: `--${flag}`,
    next: `Give a whole number from 0 to ${most}${also}.`,
  });
}
