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
import { programName, withoutWrappers } from "../parse/simple-command.ts";
import { foreignHost, programOutput, sentBy, tracedBy } from "./programs.ts";
import { Secrets, type TokenExposure, together } from "./secrets.ts";
import {
  ownStreams,
  redirectStreams,
  type Streams,
  type StreamWrite,
  streamNamed,
} from "./streams.ts";

/** Functions that call each other deeper than this are followed no further, and no script through more commands. */
const deepest = 8;
const mostCommands = 20_000;

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
  #depth = 0;
  #commands = 0;

  readonly #isPublic: (file: string) => boolean;

  /**
   * @param isSet whether the token is among the variables
   * @param isPublic whether everybody can read a file, by its path as the script has it
   */
  constructor(isSet: boolean, isPublic: (file: string) => boolean) {
    this.#isPublic = isPublic;
    this.#secrets = new Secrets(isSet, (script) => this.#substituted(script));
  }

  /** All that a script writes where others read it. */
  writes({ commands }: ParsedScript): readonly StreamWrite[] {
    return [...this.#list(commands, "nothing"), ...this.#stray];
  }

  #substituted(script: ParsedScript): TokenExposure {
    // The positions between escaped backquotes are not those of the script.
    if (script.source !== undefined) return "nothing";
    const writes = this.#list(script.commands, "nothing");
    this.#stray.push(...writes.filter(({ stream }) => stream === 2));
    return together(writes.filter(({ stream }) => stream === 1).map(({ shown }) => shown));
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
        this.#secrets.noteNames(node.name.value, node.wordlist ?? []);
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
    for (const [index, command] of commands.entries()) {
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
    return out;
  }

  #command(command: Command, input: TokenExposure): readonly StreamWrite[] {
    this.#commands += 1;
    if (this.#commands > mostCommands) return [];
    const { words } = withoutWrappers(command);
    const [first] = words;
    const program = first === undefined ? "" : programName(first);
    const fed = together([input, this.#fed(command.redirects)]);
    const isExec = command.name?.value === "exec" && words.length === 0;
    if (isExec) this.#shell = redirectStreams(this.#shell, command.redirects);
    this.#assign(command, program, fed);
    if (program === "set" && words[1]?.value === "--") this.#secrets.setArguments(words.slice(2));
    const own = isExec ? [] : this.#written(command, { program, words, input: fed });
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
    const body = this.#functions.get(program);
    if (body !== undefined) return this.#called(body, words.slice(1), input);
    const code = innerCode(words);
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
    if (shown === "nothing" || !this.#isPublic(file)) return;
    const what = shown === "token" ? "the token" : "all variables, the token too,";
    const says = `writes ${what} to ${file}, which everybody can read over HTTP`;
    this.#stray.push({ stream: 2, shown, says, start, end });
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
    const shown = together([this.#secrets.words(run.words), reads ? run.input : "nothing"]);
    // It is gone whatever becomes of the output.
    if (shown !== "nothing") this.#stray.push({ stream: 2, shown, says, start, end });
    return [];
  }

  /** A word with the texts of variables in their places, as far as they are known. */
  #known(text: string): string {
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
      const text = value.type === "Word" ? this.#known(value.value) : "$";
      // What still has something for the shell to replace isn't known.
      if (/[$`]/u.test(text)) this.#texts.delete(name);
      else this.#texts.set(name, text);
      if (assignment.value.type === "Word")
        this.#secrets.noteNames(assignment.name, [assignment.value]);
    }
    if (program !== "read" && program !== "unset") return;
    const shown = program === "read" ? input : "nothing";
    for (const { text } of args)
      if (/^[A-Za-z_]\w*$/u.test(text)) this.#secrets.setVariable(text, shown);
  }

  #assigned({ value }: Assignment): TokenExposure {
    return this.#secrets.words(value.type === "Word" ? [value] : value.elements);
  }

  /** With `set -x` the shell writes each command to the error output, with the values in the place of variables. */
  #trace(command: Command, words: readonly Word[]): readonly StreamWrite[] {
    const { name, args, prefix, pos: start, end } = command;
    if (name?.value === "set") {
      const texts = args.map(({ text }) => text);
      if (texts.some((text) => /^-[a-zA-Z]*x/u.test(text))) this.#traces = true;
      if (texts.some((text) => /^\+[a-zA-Z]*x/u.test(text))) this.#traces = false;
      const option = texts.indexOf("xtrace");
      if (option > 0) this.#traces = texts[option - 1]?.startsWith("-") === true;
    }
    if (!this.#traces) return [];
    const assigned = [...prefix, ...args].flatMap((each) =>
      each.type === "Assignment" ? [this.#assigned(each)] : [],
    );
    const shown = together([this.#secrets.words(words), ...assigned]);
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

const declaring = new Set(["export", "readonly", "local", "declare", "typeset"]);

function saysOf(shown: Exclude<TokenExposure, "nothing">): string {
  return shown === "token" ? "prints the token" : "prints all variables, the token too";
}

/** The text that another shell, or this one with `eval`, is given to run. */
function innerCode(words: readonly Word[]): string | undefined {
  const [first, ...rest] = words;
  const program = first === undefined ? "" : programName(first);
  if (program === "eval") return rest.map(unquoted).join(" ");
  if (program === "trap") return rest[0] && rest.length > 1 ? unquoted(rest[0]) : undefined;
  if (!/^(?:ba|da|z|k)?sh$/u.test(program)) return undefined;
  const option = rest.findIndex(({ value }) => /^-[a-z]*c$/u.test(value));
  const code = option === -1 ? undefined : rest[option + 1];
  return code === undefined ? undefined : unquoted(code);
}

/** A word as the shell hands it on, but for what it replaces: without its outermost quotes and what they escape. */
function unquoted({ text }: Word): string {
  const [, quote, within = text] = /^(["'])([\s\S]*)\1$/u.exec(text) ?? [];
  if (quote === "'") return within;
  return within.replace(quote === '"' ? /\\([$`"\\])/gu : /\\([\s\S])/gu, "$1");
}
