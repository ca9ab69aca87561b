import type { Invocation } from "../command.ts";
import { isOn } from "../terminal/switched-on.ts";

/** How questions are put: on screens, as plain numbered lines, or not at all. */
export type Face = "screens" | "lines" | "flags";

/** What the choice of the face rests on. */
export interface FaceContext {
  readonly stdin: { readonly isTTY?: boolean };
  readonly stdout: { readonly isTTY?: boolean };
  readonly env: NodeJS.ProcessEnv;
  /** `--accessible` was given. */
  readonly accessible: boolean;
  /** Everything is answered beforehand (`--yes`), or a program reads the answer (`--json`). */
  readonly unattended: boolean;
}

/**
 * Chooses the face before Ink is loaded. Only two terminals can ask; ACCESSIBLE (not empty, 0 or false), TERM=dumb and
 * INK_SCREEN_READER ask in lines, which a screen reader follows, since nothing is drawn twice.
 */
export function chooseFace(context: FaceContext): Face {
  const { stdin, stdout, env, accessible, unattended } = context;
  const terminals = stdin.isTTY === true && stdout.isTTY === true;
  if (unattended || !terminals || isOn(env["CI"])) return "flags";
  const plain =
    accessible ||
    isOn(env["ACCESSIBLE"]) ||
    isOn(env["INK_SCREEN_READER"]) ||
    env["TERM"] === "dumb";
  return plain ? "lines" : "screens";
}

/** The face for this process and this invocation. */
export function faceOf(
  { accessible, io }: Pick<Invocation, "accessible" | "io">,
  unattended: boolean,
): Face {
  const { stdin, stdout } = process;
  return chooseFace({ stdin, stdout, env: io.env, accessible, unattended });
}
