import { onTestFinished } from "vitest";
import { type SandboxRequest, sandboxCommand } from "../../src/commands/sandbox/run.ts";
import { processIo } from "../../src/commands/terminal/io.ts";

/** `machinist sandbox` in this process. */
export interface RunningCommand {
  /** What it tells one to export. */
  readonly exported: ReadonlyMap<string, string>;
  /** What it printed, on either stream. */
  readonly lines: readonly string[];
  /** Interrupts it, and waits for its end; throws what it throws. */
  end(): Promise<void>;
}

/** Starts the command, and gives it once it has said everything. Rejects as it does when it can't serve. */
export async function runningCommand(
  request: Partial<SandboxRequest> = {},
): Promise<RunningCommand> {
  const exported = new Map<string, string>();
  const lines: string[] = [];
  const interruption = new AbortController();
  let ended = Promise.resolve();
  await new Promise<void>((resolve, reject) => {
    const out = (line: string) => {
      lines.push(line);
      const [, name, value] = /^ *export (\w+)=(\S+)$/.exec(line) ?? [];
      if (name !== undefined && value !== undefined) exported.set(name, value);
      if (line.includes("machine@example.org")) resolve();
    };
    ended = sandboxCommand(
      { port: 0, latencyMs: 0, ...request },
      { ...processIo({ signal: interruption.signal }), out, err: (line) => lines.push(line) },
    );
    ended.catch(reject);
  });
  const end = () => {
    interruption.abort();
    return ended;
  };
  onTestFinished(() => end().catch(() => undefined));
  return { exported, lines, end };
}
