/** A script read character by character, as dash reads it. */
export class Characters {
  readonly text: string;
  at = 0;

  constructor(text: string) {
    this.text = text;
  }

  /** The next character as it stands; empty at the end. */
  get raw(): string {
    return this.text.charAt(this.at);
  }

  /** The next character, where a backslash at the end of a line joins it to the next; empty at the end. */
  get next(): string {
    while (this.text.startsWith("\\\n", this.at)) this.at += 2;
    return this.raw;
  }

  /** Goes on as long as a sticky pattern fits, and gives what it goes past, as it stands. */
  run(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    const [found = ""] = pattern.exec(this.text) ?? [];
    this.at += found.length;
    return found;
  }

  /** Goes on behind a character or a text if that is what comes next. */
  takes(character: string): boolean {
    if (this.next !== character) return false;
    this.at += 1;
    return true;
  }
}
