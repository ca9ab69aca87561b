import { flagsOf, repeatableFlags } from "../../src/commands/command.ts";
import type { GuidedRunOptions } from "../../src/commands/guided/run.ts";
import { setupCommand, setupRequest } from "../../src/commands/setup/run.ts";
import type { Io } from "../../src/commands/terminal/io.ts";
import { printable } from "../../src/printable.ts";
import { Secret } from "../../src/secret.ts";
import { allVendors } from "../../src/vendors/registry.ts";
import { expectPublished } from "../expect-document.ts";
import type { FakeTerminal } from "../terminal/fake-terminal.ts";
import type { Shop } from "./shop.ts";

/** What a run of `machinist setup` printed, and how it failed, if it did. */
export interface SetupRun {
  readonly out: string;
  readonly err: string;
  readonly failure: unknown;
}

/**
 * Runs `setup` with these flags, as the command line would with nobody to ask.
 * @param onRequest hears the line that `--verbose` prints of a request; without it, none is printed
 * @param hostLimitMs milliseconds after which the program of a CI host is given up
 */
export function runSetup(
  shop: Pick<Shop, "directory" | "env">,
  flags: Readonly<Record<string, unknown>>,
  machineToken?: string,
  onRequest?: (line: string) => void,
  hostLimitMs?: number,
): Promise<SetupRun> {
  const limit = hostLimitMs === undefined ? {} : { hostLimitMs };
  return run(shop, flags, { face: "flags", ...limit }, machineToken, onRequest);
}

/** Runs `setup` with these flags on the screens of a terminal, where the test answers its questions. */
export function runSetupOn(
  terminal: FakeTerminal,
  shop: Pick<Shop, "directory" | "env">,
  flags: Readonly<Record<string, unknown>>,
): Promise<SetupRun> {
  return run(shop, flags, { face: "screens", terminal: terminal.streams });
}

async function run(
  shop: Pick<Shop, "directory" | "env">,
  flags: Readonly<Record<string, unknown>>,
  where: Pick<GuidedRunOptions, "face" | "hostLimitMs"> & Pick<Io, "terminal">,
  machineToken?: string,
  onRequest?: (line: string) => void,
): Promise<SetupRun> {
  const lines = { out: [] as string[], err: [] as string[] };
  const options = flagsOf("setup", flags);
  const request = setupRequest(shop.directory, options);
  const given = machineToken === undefined ? {} : { machineToken: new Secret(machineToken) };
  const failure: unknown = await setupCommand(
    { ...request, ...given },
    {
      vendor: allVendors.find(({ id }) => id === flags["vendor"]),
      face: where.face,
      yes: options.yes,
      reasons: false,
      json: options.json,
      verbose: onRequest !== undefined,
      ...(options.report === undefined ? {} : { record: options.report }),
      pollMs: 10,
      ...(where.hostLimitMs === undefined ? {} : { hostLimitMs: where.hostLimitMs }),
      flags: repeatableFlags("setup", options),
    },
    {
      // A terminal is told one line at a time.
      out: (line) => lines.out.push(printable(line)),
      err: (line) => {
        lines.err.push(line);
        if (/^[A-Z]+ \//u.test(line)) onRequest?.(line);
      },
      document: (text) => {
        expectPublished(text);
        lines.out.push(text);
      },
      env: shop.env,
      ...(where.terminal === undefined ? {} : { terminal: where.terminal }),
      signal: new AbortController().signal,
    },
  ).then(
    () => undefined,
    (error: unknown) => error,
  );
  return { out: lines.out.join("\n"), err: lines.err.join("\n"), failure };
}
