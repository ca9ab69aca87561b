import type {
  Assignment,
  Command,
  Function as FunctionNode,
  HereDocBody,
  ParsedScript,
  Pipeline,
  Redirection,
  Statement,
  SyntaxNode,
  Word,
} from "unbash";
import { parseScript } from "../parse/parse.ts";
import { withoutWrappers } from "../parse/simple-command.ts";
import { innerCode, installedName, shortText, unquoted, withheld, wordsOf } from "./inner-code.ts";
import { foreignHost, programOutput, sentBy, sentFiles, tracedBy } from "./programs.ts";
import { type RunFile, runFile } from "./run-file.ts";
import { Secrets, type TokenExposure, together, tokenNames } from "./secrets.ts";
import {
  type FileReach,
  ownStreams,
  redirectStreams,
  type Streams,
  type StreamWrite,
  streamNamed,
} from "./streams.ts";

/** Functions that call each other deeper than this are followed no further, and no script through more commands. */
const deepest = 8;
const mostCommands = 20_000;

/** What is known beside a script. */
export interface Surroundings {
  /** Who gets to see a file, by its path as the script has it. */
  readonly reachOf?: (file: string) => FileReach;
  /** The scripts of the repository, by their paths from the app's directory. */
  readonly files?: ReadonlyMap<string, string>;
  /** What every shell reads first. */
  readonly before?: string;
}

/** Follows a script from its first line to its last, through all branches, for what it writes of the token. */
export class LeakWalk {
  readonly #secrets: Secrets;
  readonly #functions = new Map<string, FunctionNode["body"]>();
  /** What variables hold that were last set to a text which stands there. */
  readonly #texts = new Map<string, string>();
  /** What a substitution wrote to the error output, which no command takes up. */
  readonly #stray: StreamWrite[] = [];
  #shell: Streams = ownStreams;
  #traces = false;
  /** The commands from whose pipe the one that is followed reads. */
  #piping = "";
  #depth = 0;
  #commands = 0;

  readonly #isSet: boolean;
  readonly #around: Surroundings;
  /** What each called script writes by itself, which is told of it as one. */
  readonly #own: Map<string, ReadonlySet<string>>;
  /** The variables that programs get beside those of the container. */
  readonly #exported = new Set<string>();

  /**
   * @param isSet whether the token is among the variables
   * @param around what is known beside the script
   * @param own what is known already of the scripts that it calls
   */
  constructor(
    isSet: boolean,
    around: Surroundings = {},
    own: Map<string, ReadonlySet<string>> = new Map(),
  ) {
    this.#own = own;
    this.#isSet = isSet;
    this.#around = around;
    this.#secrets = new Secrets(
      isSet,
      (script) => this.#substituted(script),
      (code) => this.#printed(code),
    );
  }

  /** All that a script writes where others read it. */
  writes({ commands }: ParsedScript): readonly StreamWrite[] {
    if (this.#around.before !== undefined) {
      this.#followed(parseScript(this.#around.before), "nothing");
      this.#stray.splice(0);
    }
    return [...this.#list(commands, "nothing"), ...this.#stray];
  }

  #substituted(script: ParsedScript): TokenExposure {
    // The positions between escaped backquotes are not those of the script.
    if (script.source !== undefined) return "nothing";
    const writes = this.#list(script.commands, "nothing");
    this.#stray.push(...writes.filter(({ stream }) => stream === 2));
    return together(writes.filter(({ stream }) => stream === 1).map(({ shown }) => shown));
  }

  /** What the code of another language has a shell write; its positions are not those of the script. */
  #printed(code: string): TokenExposure {
    const stray = this.#stray.length;
    const writes = this.#followed(parseScript(code), "nothing");
    return together([...writes, ...this.#stray.splice(stray)].map(({ shown }) => shown));
  }

  #list(statements: readonly Statement[], input: TokenExposure): readonly StreamWrite[] {
    return statements.flatMap(({ command }) => this.#node(command, input));
  }

  #node(node: SyntaxNode, input: TokenExposure): readonly StreamWrite[] {
    switch (node.type) {
      case "Command":
        return this.#command(node, input);
      case "Pipeline":
        return this.#pipeline(node, input);
      case "Redirected": {
        const streams = redirectStreams(this.#shell, node.redirects);
        const fed = together([input, this.#fed(node.redirects)]);
        return this.#through(streams, this.#node(node.command, fed));
      }
      case "Function":
        this.#functions.set(node.name.value, node.body);
        return [];
      case "For":
      case "Select":
        this.#secrets.setVariable(node.name.value, this.#secrets.words(node.wordlist ?? []));
        this.#secrets.noteNames(
          node.name.value,
          (node.wordlist ?? []).map(({ text }) => text),
        );
        this.#noteText(
          node.name.value,
          node.wordlist?.find(({ value }) => tokenNames.includes(value)),
        );
        return this.#node(node.body, input);
      case "Case":
        return node.items.flatMap(({ body }) => this.#node(body, input));
      case "If":
        return [node.clause, node.then, ...node.elif, node.else].flatMap((part) =>
          part === undefined ? [] : this.#node(part, input),
        );
      case "Elif":
        return [node.clause, node.then].flatMap((part) => this.#node(part, input));
      case "While":
        return [node.clause, node.body].flatMap((part) => this.#node(part, input));
      case "AndOr":
        return node.commands.flatMap((part) => this.#node(part, input));
      case "CompoundList":
        return this.#list(node.commands, input);
      case "Subshell":
      case "BraceGroup":
      case "ArithmeticFor":
      case "Coproc":
        return this.#node(node.body, input);
      case "TestCommand":
        return this.#traced(wordsOf(node.expression), node);
      default:
        return [];
    }
  }

  /** What comes in on one side of `|` is what goes out on the other; the last command's output is the pipeline's. */
  #pipeline(
    { commands, operators, pos, end }: Pipeline,
    input: TokenExposure,
  ): readonly StreamWrite[] {
    let carried = input;
    const out: StreamWrite[] = [];
    const outer = this.#piping;
    for (const [index, command] of commands.entries()) {
      this.#piping = index === 0 ? outer : commands.slice(0, index).map(shortText).join(" | ");
      const writes = this.#node(command, carried);
      const isLast = index === commands.length - 1;
      const goesOn = ({ stream }: StreamWrite) => stream === 1 || operators[index] === "|&";
      const isPiped = carried !== "nothing";
      carried = together(writes.filter(goesOn).map(({ shown }) => shown));
      // What only came through is written by the commands before: all of them are pointed at.
      if (isLast)
        out.push(...writes.map((write) => (isPiped ? { ...write, start: pos, end } : write)));
      else out.push(...writes.filter((write) => !goesOn(write)));
    }
    this.#piping = outer;
    return out;
  }

  #command(command: Command, input: TokenExposure): readonly StreamWrite[] {
    this.#commands += 1;
    if (this.#commands > mostCommands) return [];
    const { words } = withoutWrappers(command);
    const [first] = words;
    const program = first === undefined ? "" : installedName(first);
    const fed = together([input, this.#fed(command.redirects)]);
    const isExec = command.name?.value === "exec" && words.length === 0;
    if (isExec) this.#shell = redirectStreams(this.#shell, command.redirects);
    this.#assign(command, program, fed);
    if (program === "set" && words[1]?.value === "--") this.#secrets.setArguments(words.slice(2));
    const own = isExec
      ? []
      : this.#secrets.withVariables(withheld(command, words), () =>
          this.#written(command, { program, words, input: fed }),
        );
    const streams = redirectStreams(this.#shell, command.redirects);
    const traced = this.#trace(command, words);
    return [...this.#through(streams, own), ...traced];
  }

  #written(
    command: Command,
    run: {
      readonly program: string;
      readonly words: readonly Word[];
      readonly input: TokenExposure;
    },
  ): readonly StreamWrite[] {
    const { pos: start, end } = command;
    const { program, words, input } = run;
    const write = (stream: 1 | 2, shown: TokenExposure, says?: string): readonly StreamWrite[] =>
      shown === "nothing" ? [] : [{ stream, shown, says: says ?? saysOf(shown), start, end }];
    const file = runFile(words, this.#around.files);
    if (file !== undefined) return this.#inFile(file, command, input);
    const body = this.#functions.get(program);
    if (body !== undefined) return this.#called(body, words.slice(1), input);
    const code = innerCode(words, (word) => this.#handedText(word));
    if (code !== undefined) {
      const own = program === "eval" || program === "trap" ? [] : this.#handedOn(command);
      const tracing = this.#traces;
      if (words.slice(1).some(({ value }) => /^-[a-z]*x[a-z]*$/u.test(value))) this.#traces = true;
      const writes = this.#secrets.withVariables(own, () =>
        this.#followed(parseScript(code), input),
      );
      this.#traces = tracing;
      return writes.map((inner) => ({ ...inner, start, end }));
    }
    const [source, target] = words.slice(1).filter(({ value }) => !value.startsWith("-"));
    if (/^(?:cp|mv|ln)$/u.test(program) && source !== undefined && target !== undefined)
      this.#setFile(target.value, this.#secrets.file(source.value), command);
    if (program === "tee")
      for (const { value } of words.slice(1))
        if (streamNamed(value) === undefined && input !== "nothing")
          this.#setFile(value, input, command);
    const isTeed = program === "tee" && words.some(({ value }) => streamNamed(value) !== undefined);
    const handed = command.name?.value === "xargs" ? input : "nothing";
    const printed = together([
      programOutput(run, this.#secrets),
      program === "echo" ? handed : "nothing",
    ]);
    return [
      ...write(1, printed),
      ...write(2, isTeed ? input : "nothing"),
      ...write(2, tracedBy(run, this.#secrets), "has curl print what it sends, the token among it"),
      ...this.#sent(run, command),
    ];
  }

  /** What gets to the shell around; what goes to a file is remembered as what that file holds. */
  #through(streams: Streams, writes: readonly StreamWrite[]): readonly StreamWrite[] {
    return writes.flatMap((write) => {
      const target = streams[write.stream];
      if (target === 1 || target === 2) return [{ ...write, stream: target }];
      if (target !== "elsewhere")
        this.#setFile(target.file, write.shown, { pos: write.start, end: write.end });
      return [];
    });
  }

  #setFile(file: string, shown: TokenExposure, { pos: start, end }: Pick<Command, "pos" | "end">) {
    this.#secrets.setFile(file, shown);
    if (shown === "nothing") return;
    const host = /^\/dev\/(?:tcp|udp)\/([^/]+)\//u.exec(file)?.[1];
    if (host !== undefined)
      this.#stray.push({ stream: 2, shown, says: `sends the token to ${host}`, start, end });
    const reach = this.#around.reachOf?.(file) ?? "nobody";
    if (reach === "nobody") return;
    const what = shown === "token" ? "the token" : "all variables, the token too,";
    const says = `writes ${what} to ${file}, ${readersOf[reach]}`;
    const isKept = reach === "copies" ? ({ isKept: true } as const) : {};
    this.#stray.push({ stream: 2, shown, says, start, end, ...isKept });
  }

  /** What goes to a host that has nothing to do with the platform: whoever has it may use it. */
  #sent(
    run: {
      readonly program: string;
      readonly words: readonly Word[];
      readonly input: TokenExposure;
    },
    { pos: start, end }: Command,
  ): readonly StreamWrite[] {
    const values = run.words.map(({ value }) => this.#known(value));
    const host = foreignHost(run.program, values);
    const says = host === undefined ? sentBy(run.program, values) : `sends the token to ${host}`;
    if (says === undefined) return [];
    const reads = host === undefined || values.some((value) => /^@-$|=@-$/u.test(value));
    const shown = together([
      this.#secrets.words(run.words),
      reads ? run.input : "nothing",
      ...sentFiles(run.program, values).map((file) => this.#secrets.file(file)),
    ]);
    // It is gone whatever becomes of the output.
    if (shown !== "nothing") this.#stray.push({ stream: 2, shown, says, start, end });
    return [];
  }

  /** A word with the texts of variables in their places, as far as they are known. */
  #known(text: string): string {
    if (!text.includes("$")) return text;
    return text.replace(
      /\$(?:(\w+)|\{(\w+)\})/gu,
      (written, plain?: string, braced?: string) =>
        this.#texts.get(plain ?? braced ?? "") ?? written,
    );
  }

  /** The variables that a program has for itself: `A=b program`, `env A=b program`. */
  #handedOn({ name, args, prefix }: Command): readonly (readonly [string, TokenExposure])[] {
    const set = [...prefix, ...(name?.value === "env" ? args : [])];
    return set.flatMap((each): readonly (readonly [string, TokenExposure])[] => {
      if (each.type === "Assignment") return [[each.name, this.#assigned(each)]];
      const [, variable] = each.type === "Word" ? (/^(\w+)=/u.exec(each.text) ?? []) : [];
      return variable === undefined || each.type !== "Word"
        ? []
        : [[variable, this.#secrets.words([each])]];
    });
  }

  /**
   * What a script of the repository writes for what it is given here: words, variables, tracing. What it writes by itself
   * is told of it as a script of its own.
   */
  #inFile(
    { text, isSourced, traces, words }: RunFile,
    command: Command,
    input: TokenExposure,
  ): readonly StreamWrite[] {
    const { pos: start, end } = command;
    const tree = parseScript(text);
    const stray = this.#stray.length;
    const [tracing, functions, shell] = [this.#traces, new Map(this.#functions), this.#shell];
    const follow = () => this.#secrets.within(words, () => this.#followed(tree, input));
    if (!isSourced) {
      this.#traces = traces;
      this.#functions.clear();
    }
    const writes = isSourced
      ? follow()
      : this.#secrets.onlyWith(this.#exported, this.#handedOn(command), follow);
    if (!isSourced) {
      for (const [name, body] of functions) this.#functions.set(name, body);
      [this.#traces, this.#shell] = [tracing, shell];
    }
    const own = this.#ownWrites(text, tree);
    const brought = (write: StreamWrite) => !own.has(keyOf(write));
    const here = ({ stream, shown, says }: StreamWrite) => ({ stream, shown, says, start, end });
    this.#stray.push(...this.#stray.splice(stray).filter(brought).map(here));
    return writes.filter(brought).map(here);
  }

  #ownWrites(text: string, tree: ParsedScript): ReadonlySet<string> {
    const known = this.#own.get(text);
    if (known !== undefined) return known;
    // One that calls itself brings nothing more.
    this.#own.set(text, new Set());
    const { files = new Map() } = this.#around;
    const walk = new LeakWalk(this.#isSet, { files }, this.#own);
    const own = new Set(walk.writes(tree).map(keyOf));
    this.#own.set(text, own);
    return own;
  }

  #called(
    body: FunctionNode["body"],
    words: readonly Word[],
    input: TokenExposure,
  ): readonly StreamWrite[] {
    return this.#deeper(() => this.#secrets.within(words, () => this.#node(body, input)));
  }

  #followed({ commands }: ParsedScript, input: TokenExposure): readonly StreamWrite[] {
    return this.#deeper(() => this.#list(commands, input));
  }

  #deeper(follow: () => readonly StreamWrite[]): readonly StreamWrite[] {
    if (this.#depth === deepest) return [];
    this.#depth += 1;
    try {
      return follow();
    } finally {
      this.#depth -= 1;
    }
  }

  #assign({ name, prefix, args }: Command, program: string, input: TokenExposure): void {
    const lasting = [
      ...(name === undefined ? prefix : []),
      ...(declaring.has(program) ? args : []),
    ].filter((each): each is Assignment => each.type === "Assignment");
    for (const assignment of lasting) {
      this.#secrets.setVariable(assignment.name, this.#assigned(assignment));
      const { name, value } = assignment;
      if (program === "export") this.#exported.add(name);
      this.#noteText(name, value.type === "Word" ? value : undefined);
      if (assignment.value.type === "Word")
        this.#secrets.noteNames(assignment.name, [assignment.value.text]);
    }
    if (program === "export")
      for (const { text } of args) if (/^\w+$/u.test(text)) this.#exported.add(text);
    if (program !== "read" && program !== "unset") return;
    const shown = program === "read" ? input : "nothing";
    for (const { text } of args) {
      if (!/^[A-Za-z_]\w*$/u.test(text)) continue;
      this.#secrets.setVariable(text, shown);
      if (program === "read") this.#secrets.noteNames(text, [this.#piping]);
    }
  }

  /** Notes the text that a variable is set to, as far as it is known. */
  #noteText(name: string, word: Word | undefined): void {
    const text = word === undefined ? "$" : this.#known(word.value);
    // What still has something for the shell to replace isn't known.
    if (/[$`]/u.test(text)) this.#texts.delete(name);
    else this.#texts.set(name, text);
  }

  /** A word of code as the shell hands it on: with the texts of variables in their places, where they are known. */
  #handedText(word: Word): string {
    const { text } = word;
    if (text.startsWith("'")) return unquoted(word);
    const known = text.replace(/\\[\s\S]|\$(?:(\w+)|\{(\w+)\})/gu, (written, plain, braced) => {
      const value = this.#texts.get(plain ?? braced ?? "");
      return value === undefined || !/^\w+$/u.test(value) ? written : value;
    });
    return unquoted({ ...word, text: known });
  }

  #assigned({ value }: Assignment): TokenExposure {
    return this.#secrets.words(value.type === "Word" ? [value] : value.elements);
  }

  /** With `set -x` the shell writes each command to the error output, with the values in the place of variables. */
  #trace(command: Command, words: readonly Word[]): readonly StreamWrite[] {
    const { name, args, prefix } = command;
    if (name?.value === "set") {
      const texts = args.map(({ text }) => text);
      if (texts.some((text) => /^-[a-zA-Z]*x/u.test(text))) this.#traces = true;
      if (texts.some((text) => /^\+[a-zA-Z]*x/u.test(text))) this.#traces = false;
      const option = texts.indexOf("xtrace");
      if (option > 0) this.#traces = texts[option - 1]?.startsWith("-") === true;
    }
    const assigned = [...prefix, ...args].flatMap((each) =>
      each.type === "Assignment" ? [this.#assigned(each)] : [],
    );
    return this.#traced(words, command, assigned);
  }

  #traced(
    words: readonly Word[],
    { pos: start, end }: Pick<Command, "pos" | "end">,
    assigned: readonly TokenExposure[] = [],
  ): readonly StreamWrite[] {
    const shown = this.#traces ? together([this.#secrets.words(words), ...assigned]) : "nothing";
    const says = "traces a command with the token";
    return shown === "nothing" ? [] : [{ stream: 2, shown, says, start, end }];
  }

  /** What a here-document or a file brings in. */
  #fed(redirects: readonly Redirection[]): TokenExposure {
    return together(
      redirects.map((redirect) => {
        if (redirect.type === "HereDoc") return this.#document(redirect.body);
        const { target } = redirect;
        if (target === undefined) return "nothing";
        if (redirect.type === "HereString") return this.#secrets.words([target]);
        return redirect.operator === "<" ? this.#secrets.file(target.value) : "nothing";
      }),
    );
  }

  #document({ parts }: HereDocBody): TokenExposure {
    return this.#secrets.parts(parts ?? []);
  }
}

function keyOf({ says, start, end }: StreamWrite): string {
  return `${start} ${end} ${says}`;
}

const readersOf = {
  everybody: "which everybody can read over HTTP",
  copies: "which backups have, and every environment that gets a copy of the data",
} as const;

const declaring = new Set(["export", "readonly", "local", "declare", "typeset"]);

function saysOf(shown: Exclude<TokenExposure, "nothing">): string {
  return shown === "token" ? "prints the token" : "prints all variables, the token too";
}
