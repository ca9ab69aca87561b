import { countWithWord } from "../../../audit/summary.ts";

/** Tells how far it is, how fast it goes and how long it may take: on one line that is drawn over, or now and then in a new one. */
export class FleetProgress {
  readonly #total: number;
  readonly #say: (line: string) => void;
  readonly #draw: ((text: string) => void) | undefined;
  readonly #everyMs: number;
  readonly #now: () => number;
  readonly #start: number;
  readonly #ticking: NodeJS.Timeout | undefined;
  #done = 0;
  #isOver = false;
  #told: number;

  /**
   * @param o.draw draws over one line; where it is missing, lines are said
   * @param o.everyMs the time between two of them; a tenth of a second, or five seconds, unless given
   */
  constructor(
    total: number,
    o: {
      readonly say: (line: string) => void;
      readonly draw?: ((text: string) => void) | undefined;
      readonly everyMs?: number;
      readonly now?: () => number;
    },
  ) {
    this.#total = total;
    this.#say = o.say;
    this.#draw = o.draw;
    this.#everyMs = o.everyMs ?? (o.draw === undefined ? 5_000 : 100);
    this.#now = o.now ?? Date.now;
    this.#start = this.#now();
    this.#told = this.#start;
    if (o.draw === undefined || total === 0) return;
    // The time goes on where nothing comes for a while.
    this.#ticking = setInterval(() => this.#tell(), 1_000).unref();
    this.#tell();
  }

  /** How many aren't done yet. */
  get left(): number {
    return this.#total - this.#done;
  }

  /** Counts one project more. */
  step(): void {
    this.#done += 1;
    if (this.#now() - this.#told >= this.#everyMs) this.#tell();
  }

  /** Takes the line away, and says what it came to when all is done. */
  end(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    clearInterval(this.#ticking);
    this.#draw?.("");
    if (this.#total === 0 || this.#done < this.#total) return;
    this.#say(
      `${countWithWord(this.#total, "project")} in ${inWords(this.#seconds())}, ${this.#rate().toFixed(1)} a second`,
    );
  }

  #tell(): void {
    this.#told = this.#now();
    const { draw, say } = { draw: this.#draw, say: this.#say };
    (draw ?? say)(`${this.#done} of ${countWithWord(this.#total, "project")}, ${this.#pace()}`);
  }

  #pace(): string {
    if (this.#done === 0) return `${inWords(this.#seconds())} so far`;
    const rate = this.#rate();
    return `${rate.toFixed(1)} a second, ${inWords((this.#total - this.#done) / rate)} left`;
  }

  #rate(): number {
    return this.#done / Math.max(this.#seconds(), 0.001);
  }

  #seconds(): number {
    return (this.#now() - this.#start) / 1000;
  }
}

function inWords(seconds: number): string {
  const whole = Math.ceil(seconds);
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  if (hours > 0) return `${hours} h ${minutes} min`;
  return minutes > 0 ? `${minutes} min ${whole % 60} s` : `${whole} s`;
}
