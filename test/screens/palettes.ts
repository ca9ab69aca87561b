/** The sixteen basic colours of a terminal, with those of its text and its background. */
export interface Palette {
  readonly name: string;
  readonly ink: string;
  readonly paper: string;
  readonly colours: readonly string[];
}

/** The palettes that the pictures are drawn in: a dark terminal, a light one, and Solarized, whose greys are colours. */
export const palettes: readonly Palette[] = [
  {
    name: "black",
    ink: "#d4d4d4",
    paper: "#1e1e2e",
    colours: [
      ...["#1e1e2e", "#e06c75", "#8ec07c", "#e5c07b", "#61afef", "#c678dd", "#56b6c2", "#d4d4d4"],
      ...["#7f848e", "#ef8a92", "#a8d39a", "#f0d399", "#8ac6f7", "#d79be6", "#7fd0da", "#ffffff"],
    ],
  },
  {
    name: "white",
    ink: "#1f2328",
    paper: "#ffffff",
    colours: [
      ...["#1f2328", "#b3261e", "#1a7f37", "#8a6100", "#0550ae", "#8250df", "#0a6b78", "#6e7781"],
      ...["#57606a", "#a40e26", "#116329", "#633c01", "#0969da", "#6639ba", "#1b7c83", "#8c959f"],
    ],
  },
  {
    name: "solarized",
    ink: "#839496",
    paper: "#002b36",
    colours: [
      ...["#073642", "#dc322f", "#859900", "#b58900", "#268bd2", "#d33682", "#2aa198", "#eee8d5"],
      ...["#002b36", "#cb4b16", "#586e75", "#657b83", "#839496", "#6c71c4", "#93a1a1", "#fdf6e3"],
    ],
  },
];
