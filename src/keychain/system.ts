import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { isSea } from "node:sea";
import * as v from "valibot";
import { Failure, type FailureParts, UnclearFailure } from "../failure.ts";
import { Secret, withoutTokens } from "../secret.ts";
import type { Keychain } from "./keychain.ts";

/**
 * The keychain of macOS, the credential manager of Windows, or the Secret Service of a Linux desktop. Its native
 * binding is an optional dependency: undefined where that isn't installed. The binding runs in a process of its own,
 * because a call that waits for a person to unlock the keychain can't be called off, and would keep this one alive.
 *
 * @param o.env the environment; tokens are taken out of it
 * @param o.limitMs how long a call may take, in milliseconds
 * @param o.library absolute path of the binding; found by its name when left out
 */
export function systemKeychain(o: {
  readonly env: NodeJS.ProcessEnv;
  readonly limitMs: number;
  readonly signal: AbortSignal;
  readonly library?: string | undefined;
}): Keychain | undefined {
  const library = o.library ?? installed();
  if (library === undefined) return undefined;
  const call = async (request: Request) => {
    const answer = await run({ ...request, library }, o);
    if ("error" in answer) throw unusable(answer.error);
    return answer.value;
  };
  const read = async (account: string) => {
    const value = await call({ verb: "getPassword", account });
    return typeof value === "string" && value !== "" ? new Secret(value) : undefined;
  };
  return {
    works: () =>
      read("probe").then(
        () => true,
        () => false,
      ),
    read,
    keep: async (account, secret) => {
      await call({ verb: "setPassword", account, secret: secret.reveal() });
    },
    forget: async (account) => (await call({ verb: "deletePassword", account })) === true,
  };
}

function installed(): string | undefined {
  // The single executable is a Node that runs machinist and nothing else: not the binding, whoever left one beside it.
  if (isSea()) return undefined;
  try {
    return createRequire(import.meta.url).resolve("@napi-rs/keyring");
  } catch {
    return undefined;
  }
}

interface Request {
  readonly verb: "getPassword" | "setPassword" | "deletePassword";
  readonly account: string;
  readonly secret?: string;
}

/**
 * One call, told on standard input and answered on standard output: a secret is in no argument. It is CommonJS: the build
 * puts a name of its own in the place of what a module says of itself, in this text too. Linux is held to the
 * Secret Service; the binding would take the kernel's keyring instead, which is empty after the next start.
 */
const program = `
let text = "";
process.stdin.setEncoding("utf8").on("data", (part) => { text += part; }).on("end", () => {
  const { library, verb, account, secret } = JSON.parse(text);
  let answer;
  try {
    const { Entry } = require(library);
    const entry = new Entry("machinist", account, { linux: { store: "secret-service" } });
    answer = { value: entry[verb](secret) ?? null };
  } catch (error) {
    answer = { error: String(error.message ?? error) };
  }
  process.stdout.write(JSON.stringify(answer));
});
`;

const answerSchema = v.union([v.object({ error: v.string() }), v.object({ value: v.unknown() })]);

function run(
  request: Request & { readonly library: string },
  o: { readonly env: NodeJS.ProcessEnv; readonly limitMs: number; readonly signal: AbortSignal },
): Promise<v.InferOutput<typeof answerSchema>> {
  return new Promise((resolve, reject) => {
    const limit = AbortSignal.timeout(o.limitMs);
    const child = spawn(process.execPath, ["--input-type=commonjs", "--eval", program], {
      env: withoutTokens(o.env),
      stdio: ["pipe", "pipe", "ignore"],
      signal: AbortSignal.any([o.signal, limit]),
      killSignal: "SIGKILL",
      windowsHide: true,
    });
    let output = "";
    child.stdout.setEncoding("utf8").on("data", (part: string) => {
      output += part;
    });
    // A child that ended early closes the pipe; how it ended is what counts.
    child.stdin.on("error", () => undefined);
    child.stdin.end(JSON.stringify(request));
    child.once("error", () => {
      if (o.signal.aborted) reject(new Failure("interrupted", { what: "Interrupted" }));
      else
        reject(limit.aborted ? lost(request, "it doesn't answer; it may be locked") : unusable());
    });
    child.once("close", () => {
      const answer = v.safeParse(answerSchema, parsed(output));
      if (answer.success) resolve(answer.output);
      else reject(lost(request, "its binding ended without an answer"));
    });
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function unusable(why?: string): Failure {
  return new Failure("signedOut", partsOf(why));
}

/** Of a call that was sent and has no answer: what was to be kept or forgotten may be so. */
function lost({ verb }: Request, why: string): Failure {
  return verb === "getPassword" ? unusable(why) : new UnclearFailure("signedOut", partsOf(why));
}

function partsOf(why: string | undefined): FailureParts {
  return {
    what: "The system keychain can't be used",
    ...(why === undefined ? {} : { why }),
    next: "put the token into the environment instead, or paste it when asked",
  };
}
