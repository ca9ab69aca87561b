/** A text file of the checkout. */
export interface TextFile {
  /** Absolute, links resolved. */
  readonly file: string;
  /** The path as people know it: relative to the directory, with `/`. */
  readonly shown: string;
  readonly text: string;
}
