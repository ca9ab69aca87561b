/** Tells how far it is, how fast it goes and how long it may take; redrawn on a terminal, a line now and then elsewhere. */
export class Progress {
  readonly #total: number;
  readonly #say: (line: string) => void;
  readonly #everyMs: number;
  readonly #now: () => number;
  readonly #start: number;
  #done = 0;
  #told: number;

  /** @param o.everyMs the time between two lines */
  constructor(
    total: number,
    o: {
      readonly say: (line: string) => void;
      readonly everyMs: number;
      readonly now?: () => number;
    },
  ) {
    this.#total = total;
    this.#say = o.say;
    this.#everyMs = o.everyMs;
    this.#now = o.now ?? Date.now;
    this.#start = this.#now();
    this.#told = this.#start;
  }

  /** Counts one project more. */
  step(): void {
    this.#done += 1;
    const now = this.#now();
    if (now - this.#told < this.#everyMs && this.#done < this.#total) return;
    this.#told = now;
    const rate = this.#done / Math.max((now - this.#start) / 1000, 0.001);
    const left = inWords((this.#total - this.#done) / rate);
    this.#say(
      `${this.#done} of ${this.#total} projects, ${rate.toFixed(1)} a second, ${left} left`,
    );
  }
}

function inWords(seconds: number): string {
  const whole = Math.ceil(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
