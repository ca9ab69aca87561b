import type {
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
import { AssignedVariables } from "./assigned-variables.ts";
import { innerCode, installedName, shortText, testedWords, withheld } from "./inner-code.ts";
import { type ProgramStart, programOutput, tracedBy, writtenFiles } from "./programs.ts";
import { type RunFile, runFile } from "./run-file.ts";
import { Secrets, type TokenExposure, together } from "./secrets.ts";
import { Sinks } from "./sinks.ts";
import {
  type FileReach,
  ownStreams,
  redirectStreams,
  type Streams,
  type StreamWrite,
  streamNamed,
  writeKey,
} from "./streams.ts";

/** Functions and scripts that call each other deeper than this are followed no further. */
const deepest = 8;
/** Nor is a script through more commands than these, with all that it calls. */
const mostCommands = 20_000;

/** What is known beside a script. */
export interface ScriptSurroundings {
  /** Who gets to see a file, by its path as the script has it. */
  readonly reachOf?: (file: string) => FileReach;
  /** The scripts of the repository, by their paths from the app's directory. */
  readonly files?: ReadonlyMap<string, string>;
  /** What every shell reads first. */
  readonly before?: string;
}

/** What the walks through a script and through those that it calls have in common. */
interface CommonToWalks {
  /** What called scripts write by themselves, which is told of each as a script of its own: keys of writes, by the texts. */
  readonly own: Map<string, ReadonlySet<string>>;
  /** How many commands were followed. */
  commands: number;
}

/** Follows a script from its first line to its last, through all branches, for what it writes of the token. */
export class LeakWalk {
  readonly #secrets: Secrets;
  readonly #variables: AssignedVariables;
  readonly #sinks: Sinks;
  readonly #around: ScriptSurroundings;
  readonly #isSet: boolean;
  readonly #common: CommonToWalks;
  /** How many walks through scripts that call the one of this walk are under way. */
  readonly #callers: number;
  readonly #functions = new Map<string, FunctionNode["body"]>();
  #shell: Streams = ownStreams;
  #traces = false;
  /** The commands from whose pipe the one that is followed reads. */
  #piping = "";
  #depth = 0;

  /**
   * @param isSet whether the token is among the variables
   * @param around what is known beside the script
   * @param callers how many walks are under way through scripts that call the one that is followed
   */
  constructor(
    isSet: boolean,
    around: ScriptSurroundings = {},
    common: CommonToWalks = { own: new Map(), commands: 0 },
    callers = 0,
  ) {
    this.#isSet = isSet;
    this.#around = around;
    this.#common = common;
    this.#callers = callers;
    this.#secrets = new Secrets(
      isSet,
      (script) => this.#substituted(script),
      (code) => this.#printed(code),
    );
    this.#variables = new AssignedVariables(this.#secrets);
    this.#sinks = new Sinks(this.#secrets, around.reachOf);
  }

  /** All that a script writes where others read it. */
  writes({ commands }: ParsedScript): readonly StreamWrite[] {
    const { before } = this.#around;
    if (before !== undefined)
      this.#sinks.takenFrom(() => this.#followed(parseScript(before), "nothing"));
    return [...this.#list(commands, "nothing"), ...this.#sinks.writes];
  }

  #substituted(script: ParsedScript): TokenExposure {
    // The positions between escaped backquotes are not those of the script.
    if (script.source !== undefined) return "nothing";
    const writes = this.#list(script.commands, "nothing");
    this.#sinks.add(writes.filter(({ stream }) => stream === 2));
    return together(writes.filter(({ stream }) => stream === 1).map(({ shown }) => shown));
  }

  /** What the code of another language has a shell write; its positions are not those of the script. */
  #printed(code: string): TokenExposure {
    const { followed, out } = this.#sinks.takenFrom(() =>
      this.#followed(parseScript(code), "nothing"),
    );
    return together([...followed, ...out].map(({ shown }) => shown));
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
        this.#variables.loopOver(node.name.value, node.wordlist ?? []);
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
        return this.#traced(testedWords(node.expression), node);
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
    this.#common.commands += 1;
    if (this.#common.commands > mostCommands) return [];
    const { words } = withoutWrappers(command);
    const [first] = words;
    const program = first === undefined ? "" : installedName(first);
    const fed = together([input, this.#fed(command.redirects)]);
    const isExec = command.name?.value === "exec" && words.length === 0;
    if (isExec) this.#shell = redirectStreams(this.#shell, command.redirects);
    this.#variables.assign(command, program, { input: fed, piping: this.#piping });
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

  #written(command: Command, run: ProgramStart): readonly StreamWrite[] {
    const place = { start: command.pos, end: command.end };
    const { program, words, input } = run;
    const write = (stream: 1 | 2, shown: TokenExposure, says?: string): readonly StreamWrite[] =>
      shown === "nothing" ? [] : [{ stream, shown, says: says ?? saysOf(shown), ...place }];
    const file = runFile(words, this.#around.files);
    if (file !== undefined) return this.#inFile(file, command, input);
    const body = this.#functions.get(program);
    if (body !== undefined) return this.#called(body, words.slice(1), input);
    const code = innerCode(words, (word) => this.#variables.handedText(word));
    if (code !== undefined) {
      const own = program === "eval" || program === "trap" ? [] : this.#variables.handedOn(command);
      const tracing = this.#traces;
      if (words.slice(1).some(({ value }) => /^-[a-z]*x[a-z]*$/u.test(value))) this.#traces = true;
      const writes = this.#secrets.withVariables(own, () =>
        this.#followed(parseScript(code), input),
      );
      this.#traces = tracing;
      return writes.map((inner) => ({ ...inner, ...place }));
    }
    for (const [path, shown] of writtenFiles(run, this.#secrets))
      this.#sinks.write(path, shown, place);
    const isTeed = program === "tee" && words.some(({ value }) => streamNamed(value) !== undefined);
    const handed = command.name?.value === "xargs" ? input : "nothing";
    const printed = together([
      programOutput(run, this.#secrets),
      program === "echo" ? handed : "nothing",
    ]);
    const writes = [
      ...write(1, printed),
      ...write(2, isTeed ? input : "nothing"),
      ...write(2, tracedBy(run, this.#secrets), "has curl print what it sends, the token among it"),
    ];
    const values = words.map(({ value }) => this.#variables.known(value));
    this.#sinks.send(run, values, place);
    return writes;
  }

  /** What gets to the shell around; what goes to a file is remembered as what that file holds. */
  #through(streams: Streams, writes: readonly StreamWrite[]): readonly StreamWrite[] {
    return writes.flatMap((write) => {
      const target = streams[write.stream];
      if (target === 1 || target === 2) return [{ ...write, stream: target }];
      if (target !== "elsewhere") this.#sinks.write(target.file, write.shown, write);
      return [];
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
    const [tracing, functions, shell] = [this.#traces, new Map(this.#functions), this.#shell];
    const follow = () => this.#secrets.within(words, () => this.#followed(tree, input));
    if (!isSourced) {
      this.#traces = traces;
      this.#functions.clear();
    }
    const { followed, out } = this.#sinks.takenFrom(() =>
      isSourced
        ? follow()
        : this.#secrets.onlyWith(
            this.#variables.exported,
            this.#variables.handedOn(command),
            follow,
          ),
    );
    if (!isSourced) {
      for (const [name, body] of functions) this.#functions.set(name, body);
      [this.#traces, this.#shell] = [tracing, shell];
    }
    const own = this.#ownOf(text, tree);
    const isBrought = (write: StreamWrite) => own?.has(writeKey(write)) === false;
    const here = (write: StreamWrite) => ({ ...write, start, end });
    this.#sinks.add(out.filter(isBrought).map(here));
    return followed.filter(isBrought).map(here);
  }

  /** What a script writes that is given nothing; undefined where that is followed no further. */
  #ownOf(text: string, tree: ParsedScript): ReadonlySet<string> | undefined {
    const { own } = this.#common;
    const known = own.get(text);
    if (known !== undefined || this.#callers === deepest) return known;
    // One that calls itself brings nothing more.
    own.set(text, new Set());
    const around = { files: this.#around.files ?? new Map<string, string>() };
    const walk = new LeakWalk(this.#isSet, around, this.#common, this.#callers + 1);
    const found = new Set(walk.writes(tree).map(writeKey));
    own.set(text, found);
    return found;
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
      each.type === "Assignment" ? [this.#variables.assigned(each)] : [],
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

function saysOf(shown: Exclude<TokenExposure, "nothing">): string {
  return shown === "token" ? "prints the token" : "prints all variables, the token too";
}
