import type { Play } from "./decisions.ts";
import type { ScriptPlace } from "./shell-state.ts";

/** A command about to be started. */
export interface CommandStart {
  readonly words: readonly string[];
  readonly at: ScriptPlace;
}

/** In what a script is taken for another than it is, so that it does what a fix promises. */
export interface Model {
  /** The words that a program is started with; undefined when it isn't started, which counts as a success. */
  readonly started?: (call: CommandStart, play: Play) => readonly string[] | undefined;
  /** The status that a program ends with, whatever the play says. */
  readonly ended?: (call: CommandStart) => number | undefined;
  /** The operator of a redirection. */
  readonly operator?: (written: string, at: ScriptPlace) => string;
  /** The script that runs in the place of a command. */
  readonly instead?: (at: ScriptPlace) => string | undefined;
  /** Whether what stands there is read as its author meant it, and not as dash does. */
  readonly isMeant?: (at: ScriptPlace) => boolean;
}
