import { StringDecoder } from "node:string_decoder";
import { createDecoder } from "./decode.ts";
import type { Key } from "./key.ts";

/** The part of a terminal's input stream that is used; `process.stdin` has it. */
export interface KeyInput {
  /** Present on a stream of the process. */
  readonly fd?: number;
  setRawMode?(raw: boolean): unknown;
  resume(): unknown;
  pause(): unknown;
  on(event: "data", listener: (chunk: Buffer | string) => void): unknown;
  on(event: "end", listener: () => void): unknown;
  on(event: "error", listener: (error: Error) => void): unknown;
  off(event: "data", listener: (chunk: Buffer | string) => void): unknown;
  off(event: "end", listener: () => void): unknown;
  off(event: "error", listener: (error: Error) => void): unknown;
}

/** Milliseconds after which the beginning of a sequence, or of a paste, is taken as all there is. */
const patience = { sequence: 50, paste: 2000 } as const;

/**
 * Reads keys in raw mode until the returned function is called.
 *
 * Ink's own `useInput` is not used: in 6.8 it gives `abc CR` as one event without Enter, hands on bracketed
 * paste, focus and mouse reports as text, takes Backspace for Delete, and its handlers see the state of the
 * last drawn frame, so that the second of two quick keys is lost.
 *
 * @param lost is called once when the terminal is gone: the stream ended, or failed (`EIO`).
 */
export function readKeys(input: KeyInput, heard: (key: Key) => void, lost: () => void): () => void {
  const utf8 = new StringDecoder("utf8");
  const decoder = createDecoder();
  let timer: NodeJS.Timeout | undefined;
  /** Nobody reads any more: what came together with the key that ended it counts for nothing. */
  let isOver = false;

  const deliver = (keys: readonly Key[]) => {
    for (const key of keys) if (!isOver) heard(key);
  };
  const onData = (chunk: Buffer | string) => {
    clearTimeout(timer);
    deliver(decoder.push(typeof chunk === "string" ? chunk : utf8.write(chunk)));
    const waited = decoder.waitsFor();
    if (waited !== "nothing") timer = setTimeout(() => deliver(decoder.flush()), patience[waited]);
  };

  input.on("data", onData);
  input.on("end", lost);
  input.on("error", lost);
  input.setRawMode?.(true);
  input.resume();

  return () => {
    isOver = true;
    clearTimeout(timer);
    input.off("data", onData);
    input.off("end", lost);
    input.off("error", lost);
    input.off("error", swallow);
    input.on("error", swallow);
    input.pause();
  };
}

/** A terminal that is gone reports EIO once more while the process ends; there is nobody left to tell. */
function swallow(): void {}
