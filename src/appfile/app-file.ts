import type { Scalar, YAMLMap } from "yaml";
import type { Place } from "../yaml/lines.ts";
import type { Path } from "../yaml/nodes.ts";
import type { Source } from "../yaml/source.ts";
import type { TextFile } from "../yaml/text-file.ts";
import type { Includes } from "./include.ts";
import type { AppLocation } from "./locate.ts";
import type { AppCommandName } from "./model/command-paths.ts";

/** Shell text in the file: a hook, or a command. */
export interface Script {
  /** The text as the shell gets it. */
  readonly text: string;
  /** How it is written in its file; "included" is a file of its own. */
  readonly style: "literal" | "folded" | "plain" | "quoted" | "included";
  /** The file it is written in: the application's, or one that it includes. */
  readonly in: TextFile;
  /** Why it must not be edited: other places include the same file. */
  readonly locked?: string;
  /** The range of the value in its file, from its first character to the one after its last. */
  readonly start: number;
  readonly end: number;
  /** The offset in the file of a unit of `text`; undefined where the two don't match one to one. */
  toOffset(index: number): number | undefined;
  /** The offset in the file after the unit before `index`; undefined as for `toOffset`. */
  endOffset(index: number): number | undefined;
  /** Where it is in the YAML of its file; undefined for one that is a file of its own. */
  readonly yaml?: {
    readonly source: Source;
    /** From the top of the file. */
    readonly path: Path;
    readonly node: Scalar<string>;
  };
}

/** A cron job. One whose parts have another shape than the manual's has no `spec` or no `script`. */
export interface Cron {
  readonly name: string;
  /** The file it is described in, which is another one than names it where it is included. */
  readonly in: Source;
  /** Where its name is in that file, or its first key where the name isn't there. */
  readonly nameStart: number;
  readonly nameEnd: number;
  readonly spec?: { readonly value: string; readonly start: number; readonly end: number };
  readonly key: "cmd" | "commands.start";
  readonly script?: Script;
  /** The mapping that describes it, in `in`; undefined when it is something else. */
  readonly map?: YAMLMap;
  /** What runs when it is cancelled. */
  readonly stop?: Script;
}

/** A command that is neither a hook nor a cron: it starts the app, or somebody runs it as an operation. */
export interface AppCommand extends AppCommandName {
  readonly script: Script;
}

/** One application as its file describes it; what anchors and merge keys bring in is there too. */
export interface AppFile {
  readonly location: AppLocation;
  readonly text: string;
  readonly name: string;
  readonly type?: string;
  readonly hooks: {
    readonly build?: Script;
    readonly deploy?: Script;
    readonly postDeploy?: Script;
  };
  readonly crons: readonly Cron[];
  readonly commands: readonly AppCommand[];
  readonly timezone?: string;
  readonly sourceOperations: readonly { readonly name: string; readonly command: string }[];
  /** The place of an offset of `text`. */
  place(offset: number): Place;
  readonly source: Source;
  /** What it includes where its scripts are. */
  readonly includes: Includes;
  /** The scripts of the repository that its scripts call, by their paths from the app's directory, with `/`. */
  readonly called: ReadonlyMap<string, TextFile>;
  /** The mapping that describes the application. */
  readonly map: YAMLMap;
}
