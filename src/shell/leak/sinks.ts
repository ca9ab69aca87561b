import { foreignHost, type ProgramStart, sentBy, sentFiles } from "./programs.ts";
import { type Secrets, type TokenExposure, together } from "./secrets.ts";
import type { FileReach, StreamWrite } from "./streams.ts";

type Place = Pick<StreamWrite, "start" | "end">;

/** What gets out of a script whatever becomes of its commands' output: into files that others read, to other hosts. */
export class Sinks {
  readonly #secrets: Secrets;
  readonly #reachOf: (file: string) => FileReach;
  readonly #writes: StreamWrite[] = [];

  /**
   * @param secrets where it is kept what the files show of the token
   * @param reachOf who gets to see a file, by its path as the script has it
   */
  constructor(secrets: Secrets, reachOf: (file: string) => FileReach = () => "nobody") {
    this.#secrets = secrets;
    this.#reachOf = reachOf;
  }

  /** All that got out. */
  get writes(): readonly StreamWrite[] {
    return this.#writes;
  }

  /** Adds what no command takes up. */
  add(writes: readonly StreamWrite[]): void {
    this.#writes.push(...writes);
  }

  /** What gets out while something is followed, taken from all that got out. */
  takenFrom<T>(follow: () => T): { readonly followed: T; readonly out: readonly StreamWrite[] } {
    const before = this.#writes.length;
    const followed = follow();
    return { followed, out: this.#writes.splice(before) };
  }

  /** Something is written to a file, or to a host that the shell has as one. */
  write(file: string, shown: TokenExposure, place: Place): void {
    this.#secrets.setFile(file, shown);
    if (shown === "nothing") return;
    const host = /^\/dev\/(?:tcp|udp)\/([^/]+)\//u.exec(file)?.[1];
    if (host !== undefined) this.#out(shown, `sends the token to ${host}`, place);
    const reach = this.#reachOf(file);
    if (reach === "nobody") return;
    const what = shown === "token" ? "the token" : "all variables, the token too,";
    const says = `writes ${what} to ${file}, ${readersOf[reach]}`;
    this.#out(shown, says, place, reach === "copies");
  }

  /**
   * A program is run that may send to a host which has nothing to do with the platform: whoever has it may use it.
   *
   * @param values the program's words, with the values of variables that are known
   */
  send(run: ProgramStart, values: readonly string[], place: Place): void {
    const host = foreignHost(run.program, values);
    const says = host === undefined ? sentBy(run.program, values) : `sends the token to ${host}`;
    if (says === undefined) return;
    const reads = host === undefined || values.some((value) => /^@-$|=@-$/u.test(value));
    const shown = together([
      this.#secrets.words(run.words),
      reads ? run.input : "nothing",
      ...sentFiles(run.program, values).map((file) => this.#secrets.file(file)),
    ]);
    if (shown !== "nothing") this.#out(shown, says, place);
  }

  #out(
    shown: StreamWrite["shown"],
    says: string,
    { start, end }: Place,
    goesOnlyToCopies = false,
  ): void {
    const isKept = goesOnlyToCopies ? ({ isKept: true } as const) : {};
    this.#writes.push({ stream: 2, shown, says, start, end, ...isKept });
  }
}

const readersOf = {
  everybody: "which everybody can read over HTTP",
  copies: "which backups have, and every environment that gets a copy of the data",
} as const;
