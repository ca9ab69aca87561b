import type { Scalar, YAMLMap } from "yaml";
import type { Place } from "./lines.ts";
import type { AppLocation } from "./locate.ts";
import type { Path } from "./nodes.ts";
import type { Source } from "./source.ts";

/** Shell text in the file: a hook, or the command of a cron. */
export interface Script {
  /** The text as the shell gets it. */
  readonly text: string;
  readonly style: "literal" | "folded" | "plain" | "quoted";
  /** The range of the value in the file, from its first character to the one after its last. */
  readonly start: number;
  readonly end: number;
  /** The offset in the file of a unit of `text`; undefined where the two don't match one to one. */
  toOffset(index: number): number | undefined;
  /** The offset in the file after the unit before `index`; undefined as for `toOffset`. */
  endOffset(index: number): number | undefined;
  /** Where the value is, from the top of the file. */
  readonly path: Path;
  readonly node: Scalar;
}

/** A cron job. One whose parts have another shape than the manual's has no `spec` or no `script`. */
export interface Cron {
  readonly name: string;
  readonly nameStart: number;
  readonly nameEnd: number;
  readonly spec?: { readonly value: string; readonly start: number; readonly end: number };
  readonly key: "cmd" | "commands.start";
  readonly script?: Script;
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
  readonly timezone?: string;
  readonly sourceOperations: readonly { readonly name: string; readonly command: string }[];
  /** The place of an offset of `text`. */
  place(offset: number): Place;
  readonly source: Source;
  /** The mapping that describes the application. */
  readonly map: YAMLMap;
}
