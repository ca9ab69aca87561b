import { once } from "node:events";
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
  ],
  run: async ({ flags, io }) => {
    const { code } = flags;
    await sandboxCommand({
      port: wholeNumber(flags, {
        flag: "port",
        what: "a port",
        most: 65_535,
        also: "; 0 takes any port that is free",
      }),
      projects: wholeNumber(flags, {
        flag: "projects",
        what: "a number of projects",
        most: 100_000,
      }),
      latencyMs: wholeNumber(flags, {
        flag: "latency",
        what: "a time in milliseconds",
        most: 60_000,
      }),
      ...(typeof code === "string" ? { code } : {}),
      out: io.out,
      signal: io.signal,
    });
    return "done";
  },
};

/**
 * Serves the embedded Platform.sh until interrupted, and prints how to point programs at it.
 *
 * @param o.port the TCP port on loopback; 0 takes any that is free
 * @param o.projects how many made-up projects there are beside the sample
 * @param o.latencyMs how long every answer is kept back
 * @param o.code a folder whose files the sample project has in production; its own when left out
 * @param o.out takes a line of output, without its line end
 * @param o.signal ends the serving when it is aborted
 * @throws Failure when the port can't be had, or the folder isn't a project's
 */
export async function sandboxCommand(o: {
  readonly port: number;
  readonly projects: number;
  readonly latencyMs: number;
  readonly code?: string;
  readonly out: (line: string) => void;
  readonly signal: AbortSignal;
}): Promise<void> {
  const { startSandbox } = await import("../sandbox/sandbox.ts");
  const { out, signal, ...options } = o;
  const running = await startSandbox(options);
  const settings = [
    ["API_BASE_URL", running.apiUrl],
    ["API_AUTH_URL", running.authUrl],
    ["TOKEN", running.operatorToken],
  ] as const;
  const lines = [
    `The sandbox listens at ${running.apiUrl}, on this machine only, until it is interrupted.`,
    "What is changed in it is gone when it ends.",
    "",
    `To be ${running.operatorEmail} there, with machinist or the official CLI:`,
    "",
    ...prefixes.flatMap((prefix) =>
      settings.map(([name, value]) => `    export ${prefix}${name}=${value}`),
    ),
    `    export MACHINIST_CONSOLE_URL=${running.consoleUrl}`,
    "",
    "To play the person who was invited, and get an API token of that account:",
    "",
    `    curl -fsS ${running.apiUrl}/sandbox/invitations/accept \\`,
    `        -H 'Content-Type: application/json' -d '{"email":"machine@example.org"}'`,
  ];
  try {
    for (const line of lines) out(line);
    if (!signal.aborted) await once(signal, "abort");
  } finally {
    await running.close();
  }
}

/** The prefixes under which machinist, the `platform` CLI and the `upsun` CLI read their settings. */
const prefixes = ["PLATFORMSH_CLI_", "UPSUN_CLI_"] as const;

/** @returns 0 when the flag is left out */
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
): number {
  const given = flags[flag];
  if (given === undefined) return 0;
  const number = Number(given);
  if (given !== "" && Number.isInteger(number) && number >= 0 && number <= most) return number;
  throw new Failure("usage", {
    what: `${given} is not ${what}`,
    where: `--${flag}`,
    next: `Give a whole number from 0 to ${most}${also}.`,
  });
}
