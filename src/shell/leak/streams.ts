import type { Redirection, Word } from "unbash";
import { pathInApp } from "../evaluate/app-path.ts";
import { fixedText } from "../evaluate/word.ts";
import type { TokenExposure } from "./secrets.ts";

/** Something that is written: what it shows, to which stream, and which part of the script does it. */
export interface StreamWrite {
  readonly shown: Exclude<TokenExposure, "nothing">;
  readonly stream: 1 | 2;
  /** What the script does there: "prints the token". */
  readonly says: string;
  /** Whether it gets into a file that only copies of the data have. */
  readonly isKept?: true;
  readonly start: number;
  readonly end: number;
}

/** By what a write is known as the same one, however often it is come by. */
export function writeKey({ says, start, end }: Pick<StreamWrite, "says" | "start" | "end">) {
  return `${start} ${end} ${says}`;
}

/** Who gets to see a file beside those who may read the variables anyway: everybody, or who has a copy of the data. */
export type FileReach = "everybody" | "copies" | "nobody";

/**
 * Where the streams of a command go, by their numbers: to a stream of the shell around it, to a file, or nowhere that
 * counts. A script may have more than the two that there always are: `exec 3>&1`.
 */
export interface Streams {
  readonly 1: Target;
  readonly 2: Target;
  readonly [number: number]: Target;
}

type Target = 1 | 2 | { readonly file: string } | "elsewhere";

/** Where the streams go that nobody has redirected: each to itself. */
export const ownStreams: Streams = { 1: 1, 2: 2 };

/** Where the streams go behind redirections, which count from left to right. */
export function redirectStreams(from: Streams, redirections: readonly Redirection[]): Streams {
  let streams = from;
  for (const redirection of redirections) {
    if (redirection.type !== "Redirect" || redirection.operator.startsWith("<")) continue;
    const { operator, descriptor, target } = redirection;
    const text = target && (fixedText(target) ?? belowApp(target));
    const to = targetOf(text, streams, operator === ">&");
    if (operator.startsWith("&")) streams = { 1: to, 2: to };
    else if (descriptor?.type !== "FileDescriptorVariable")
      streams = { ...streams, [descriptor?.value ?? 1]: to };
  }
  return streams;
}

/** The path of a file that is named from the app's own folder: `"$PLATFORM_APP_DIR/web/x"`. */
function belowApp(target: Word): string | undefined {
  const path = pathInApp(target, undefined);
  return path === undefined ? undefined : `/app/${path}`;
}

function targetOf(text: string | undefined, streams: Streams, duplicates: boolean): Target {
  if (text === undefined) return "elsewhere";
  if (duplicates && /^\d$/u.test(text)) return streams[Number(text)] ?? "elsewhere";
  return streamNamed(text) ?? { file: text };
}

/**
 * The stream that a path stands for: the shell's own, or a file that people read as one, such as those below /var/log
 * (manual, "Access logs").
 */
export function streamNamed(path: string): 1 | 2 | undefined {
  if (/^\/dev\/(?:stdout|fd\/1)$|^\/proc\/[^/]+\/fd\/1$|^\/var\/log\//u.test(path)) return 1;
  return /^\/dev\/(?:stderr|fd\/2)$|^\/proc\/[^/]+\/fd\/2$/u.test(path) ? 2 : undefined;
}
