type Letter =
  | "a"
  | "b"
  | "c"
  | "d"
  | "e"
  | "f"
  | "g"
  | "h"
  | "i"
  | "j"
  | "k"
  | "l"
  | "m"
  | "n"
  | "o"
  | "p"
  | "q"
  | "r"
  | "s"
  | "t"
  | "u"
  | "v"
  | "w"
  | "x"
  | "y"
  | "z";

/** A key that types no text. */
export type KeyName =
  | "enter"
  | "escape"
  | "backspace"
  | "delete"
  | "tab"
  | "shift-tab"
  | "up"
  | "down"
  | "left"
  | "right"
  | "home"
  | "end"
  | "page-up"
  | "page-down"
  | "f1"
  | `ctrl-${Letter}`;

/** What a person did on the keyboard, one at a time, whatever chunks the terminal sent. */
export type Key =
  | { readonly kind: "named"; readonly name: KeyName }
  /** One printable code point. */
  | { readonly kind: "character"; readonly text: string }
  /** A whole bracketed paste, with its line ends, as it was pasted. */
  | { readonly kind: "paste"; readonly text: string };
