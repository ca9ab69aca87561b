import { type Instance, render } from "ink";
import { FailureBoundary } from "./components/failure-boundary.tsx";
import { Frame, type FrameContent } from "./components/frame.tsx";
import { Transcript, type TranscriptLine, transcriptRows } from "./components/transcript.tsx";
import { inkInput, inkOutput } from "./ink-streams.ts";
import type { Key } from "./keys/key.ts";
import { layoutOf, type Size } from "./layout.ts";
import type { KeyResult, Screen, ScreenPart, ScreenTools } from "./screen.ts";
import { helpScreen } from "./screens/help.tsx";
import { waitingScreen } from "./screens/waiting.tsx";
import {
  type Interruption,
  openTerminal,
  sizeOf,
  stopProgram,
  type TerminalStreams,
} from "./terminal.ts";

/** Where the screens of one program appear, one after the other. */
export interface Stage {
  /** Shows a screen until it calls `done`. */
  show<T>(make: (done: (result: T) => void, tools: ScreenTools) => Screen): Promise<T>;
  /** Shows that something is waited for, with the lines it reports, until it has ended. Keys are kept meanwhile. */
  wait<T>(
    title: string,
    work: (report: (line: string) => void) => Promise<T>,
    above?: (area: Size) => ScreenPart,
  ): Promise<T>;
  /** Prints lines above the frame, for the scrollback. */
  print(lines: readonly TranscriptLine[]): void;
  /** Gives the terminal to another program until it has ended. Rejects as `work` does. */
  lend(work: () => Promise<void>): Promise<void>;
}

/** How a stage ended: what it gave, what it failed with, or that it was interrupted. */
export type StageEnd<T> =
  | { readonly kind: "played"; readonly value: T }
  | { readonly kind: "failed"; readonly failure: unknown }
  | Interruption;

/** Milliseconds that something may take without the screen changing to say so. */
const unnoticed = 120;

/**
 * Takes the terminal, lets `play` show its screens, and gives the terminal back. This is the one place where
 * a terminal program ends, however it ends; it never ends the process and never rejects.
 */
export async function onStage<T>(
  streams: TerminalStreams,
  surroundings: () => FrameContent,
  play: (stage: Stage) => Promise<T>,
): Promise<StageEnd<T>> {
  let end: (how: StageEnd<T>) => void = () => {};
  const ended = new Promise<StageEnd<T>>((resolve) => {
    end = resolve;
  });
  const fail = (failure: unknown) => end({ kind: "failed", failure });
  let giveBack: () => void = () => {};
  let isOver = false;
  const take = () => {
    giveBack = openTerminal(streams, {
      key: stage.key,
      resized: stage.redraw,
      interrupted: end,
      suspended: () => void lend(() => stopProgram(streams)).catch(fail),
      crashed: fail,
    });
  };
  let isLent = false;
  const lend = async (work: () => Promise<void>) => {
    // Two Ctrl-Z that come together suspend once.
    if (isLent) return;
    isLent = true;
    stage.pause();
    giveBack();
    try {
      await work();
    } finally {
      isLent = false;
      if (!isOver) {
        take();
        stage.goOn();
      }
    }
  };
  const stage = createStage(streams, surroundings, lend, fail);
  take();
  play(stage).then(
    (value) => end({ kind: "played", value }),
    (failure: unknown) => end({ kind: "failed", failure }),
  );
  const how = await ended;
  isOver = true;
  stage.close();
  giveBack();
  return how;
}

interface OpenStage extends Stage {
  key(key: Key): void;
  redraw(): void;
  /** Takes the frame away, and draws nothing until it goes on. */
  pause(): void;
  /** Draws everything again; keys that came meanwhile count for nothing. */
  goOn(): void;
  close(): void;
}

function createStage(
  streams: TerminalStreams,
  surroundings: () => FrameContent,
  lend: Stage["lend"],
  fail: (failure: unknown) => void,
): OpenStage {
  /** Keys that no screen has handled yet. */
  const queue: Key[] = [];
  const input = inkInput();
  let transcript: readonly TranscriptLine[] = [];
  /** The screen that is drawn. */
  let shown: Screen | undefined;
  /** The screen that gets the keys; none while something is waited for. */
  let heard: Screen | undefined;
  let helping: Screen | undefined;
  /** The screen whose frame has gone to the terminal. */
  let seen: Screen | undefined;
  /** What is said about the last key, or by a screen that opens. */
  let note: string | undefined;
  let ticking: NodeJS.Timeout | undefined;
  let ink: Instance | undefined;
  let drawingDue = false;
  let paused = false;
  let closed = false;

  const tree = () => {
    const screen = helping ?? shown;
    return (
      <FailureBoundary failed={fail}>
        <Transcript lines={transcript} />
        {screen === undefined || paused ? null : (
          <Frame {...surroundings()} size={sizeOf(streams.output)} screen={screen} note={note} />
        )}
      </FailureBoundary>
    );
  };

  const redraw = () => {
    if (closed || paused) return;
    if (ink !== undefined) {
      ink.rerender(tree());
      return;
    }
    ink = render(tree(), {
      stdout: inkOutput(streams.output),
      stdin: input.stream,
      exitOnCtrlC: false,
      patchConsole: false,
      isScreenReaderEnabled: false,
      onRender: () => {
        seen = shown;
      },
    });
  };

  /** One drawing for all the keys of a chunk. */
  const redrawSoon = () => {
    if (drawingDue) return;
    drawingDue = true;
    queueMicrotask(() => {
      drawingDue = false;
      redraw();
    });
  };

  const draw = (screen: Screen) => {
    clearInterval(ticking);
    if (closed) return;
    shown = screen;
    note = screen.note;
    redraw();
    if (screen.every !== undefined) ticking = setInterval(redraw, screen.every);
  };

  const say = (text: string) => {
    note = text;
  };

  const press = (screen: Screen, key: Key) => {
    const area = layoutOf(sizeOf(streams.output))?.body;
    // What can't be seen can't be answered.
    if (area === undefined) return;
    note = undefined;
    const pressed = (helping ?? screen).press(key, area);
    if (heard === screen) note = noteOn(pressed, key) ?? note;
    if (pressed === "help")
      helping = helpScreen(screen, () => {
        helping = undefined;
      });
  };

  const deliver = () => {
    try {
      while (heard !== undefined) {
        const key = queue.shift();
        if (key === undefined) break;
        if (heard.typeAhead || seen === heard) press(heard, key);
      }
    } catch (failure) {
      fail(failure);
    }
    redrawSoon();
  };

  return {
    key(key) {
      if (paused) return;
      // A paste is aimed at the field a person sees: it may be a secret, and the next field an open one.
      if (heard === undefined && key.kind === "paste") return;
      queue.push(key);
      deliver();
    },
    redraw,
    print(lines) {
      if (lines.length === 0) return;
      // Broken here, not by Ink, which loses the end of a line that it breaks at the edge.
      const { columns } = sizeOf(streams.output);
      transcript = [...transcript, ...lines.flatMap((line) => transcriptRows(line, columns))];
      redrawSoon();
    },
    show: (make) =>
      new Promise((resolve) => {
        if (closed) return;
        const screen = make(
          (result) => {
            if (heard !== screen) return;
            heard = undefined;
            screen.close?.();
            resolve(result);
          },
          { redraw, say, fail, ink: input },
        );
        if (!screen.typeAhead) queue.length = 0;
        heard = screen;
        draw(screen);
        deliver();
      }),
    wait: (title, work, above) =>
      new Promise((resolve, reject) => {
        // After an interruption nothing new is begun.
        if (closed) return;
        const { screen, report } = waitingScreen(title, above);
        const late = setTimeout(() => draw(screen), shown === undefined ? 0 : unnoticed);
        work(report)
          .finally(() => clearTimeout(late))
          .then(resolve, reject);
      }),
    lend,
    pause() {
      redraw();
      paused = true;
      ink?.rerender(tree());
      ink?.unmount();
      ink = undefined;
      // What Ink has printed stays; another Ink would print it once more.
      transcript = [];
    },
    goOn() {
      paused = false;
      queue.length = 0;
      seen = undefined;
      redraw();
    },
    close() {
      clearInterval(ticking);
      heard?.close?.();
      heard = undefined;
      helping = undefined;
      shown = undefined;
      redraw();
      closed = true;
      ink?.unmount();
    },
  };
}

function noteOn(pressed: KeyResult, key: Key): string | undefined {
  if (typeof pressed === "object") return pressed.note;
  return pressed === "unknown" ? `${named(key)} does nothing here; ? tells the keys.` : undefined;
}

/** A key as the footer names it: "x", "Space", "PgDn", "Ctrl-X". */
function named(key: Key): string {
  if (key.kind === "paste") return "A paste";
  if (key.kind === "character") return key.text === " " ? "Space" : key.text;
  return key.name
    .split("-")
    .map((part) => part.slice(0, 1).toUpperCase() + part.slice(1))
    .join("-");
}
