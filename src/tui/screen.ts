import type { ReactElement } from "react";
import type { InkInput } from "./ink-streams.ts";
import type { Key } from "./keys/key.ts";
import type { KeyEntry } from "./keys/table.ts";
import type { Size } from "./layout.ts";

/** What the help page says above the keys. */
export interface Help {
  readonly title: string;
  /** One paragraph an entry. */
  readonly paragraphs: readonly string[];
}

/** What a key came to: the help page, nothing that the screen knows, or something to say in a line. */
export type KeyResult = "help" | "unknown" | { readonly note: string } | undefined;

/**
 * One screen. Its state is a value outside React, changed by one key after the other and drawn when the
 * terminal has time: of several keys in one chunk each finds the state that the one before it left.
 */
export interface Screen {
  readonly keys: readonly KeyEntry[];
  readonly help?: Help;
  /** Milliseconds between two drawings, for what changes by itself. */
  readonly every?: number;
  /** What is said in a line when it opens, until the next key. */
  readonly note?: string;
  /** Whether a key counts that was pressed before this screen was to be seen. */
  readonly typeAhead: boolean;
  /** Handles a key. `area` is the space the screen is drawn in. */
  press(key: Key, area: Size): KeyResult;
  /** Draws the state, at most `area.rows` high. */
  view(area: Size): ReactElement;
  /** Ends what the screen has running. */
  close?(): void;
}

/** What a screen may need besides its keys. */
export interface ScreenTools {
  /** Draws the screen now, after something else than a key has changed it. */
  readonly redraw: () => void;
  /** Says something about the key that is handled, in the place of the keys. */
  readonly say: (note: string) => void;
  /** Ends the program with a failure, from where nothing awaits. */
  readonly fail: (failure: unknown) => void;
  /** Ink's input, for components that bring their own key handling. */
  readonly ink: InkInput;
}

/** Something that stands above a screen, and the rows that it takes. */
export interface ScreenPart {
  readonly view: ReactElement | null;
  readonly rows: number;
}
