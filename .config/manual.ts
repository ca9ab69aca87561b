import { type Flag, groups, usageOf } from "../src/commands/flags/flag.ts";
import { type CommandText, commandTable, sharedFlags } from "../src/commands/flags/table.ts";
import { exitCodeMeanings } from "../src/exit-code.ts";
import { ownVendorVariables } from "../src/vendors/own.ts";
import { allVendors } from "../src/vendors/registry.ts";

/** What is longer, mandoc and groff call a long line. */
const longest = 80;

/**
 * The manual page `machinist(1)`, from the table of flags and the exit codes. It has no date: it is of a version, and
 * the same sources give the same page on any day.
 *
 * @param version of the program
 */
export function manualPage({
  version,
  description,
}: {
  readonly version: string;
  readonly description: string;
}): string {
  const commands: readonly (readonly [string, CommandText])[] = Object.entries(commandTable);
  return `${[
    `.TH MACHINIST 1 "" "machinist ${version}" "User Commands"`,
    ".SH NAME",
    `machinist \\- ${escaped(description)}`,
    ".SH SYNOPSIS",
    ".B machinist",
    "[\\fICOMMAND\\fR] [\\fIARGUMENT\\fR] [\\fIFLAGS\\fR]",
    ".SH DESCRIPTION",
    "Without a command, a menu in a terminal; the help elsewhere.",
    ".B machinist help",
    "\\fICOMMAND\\fR tells of one command.",
    ".SH COMMANDS",
    ...commands.flatMap(([name, text]) => section(name, text)),
    ".SS Flags of every command",
    ...Object.entries<Flag>(sharedFlags).flatMap(flagLines),
    ".SH EXIT STATUS",
    ...exitCodeMeanings.flatMap(([code, meaning]) => [".TP", `.B ${code}`, escaped(meaning)]),
    ".SH ENVIRONMENT",
    ...allVendors.flatMap(({ tokenEnv, name }) => [
      ".TP",
      `.B ${escaped(tokenEnv)}`,
      `Your own API token, for projects of ${escaped(name)}.`,
    ]),
    ".TP",
    `.B ${Object.values(ownVendorVariables).join("\\fR, \\fB")}`,
    "A vendor of the platform that machinist has no record of: its CLI, what the variables of that begin with or the name of its token variable, its name, and its installer.",
    ".TP",
    ".B MACHINIST_HOME",
    "The folder of the journal and of the names of recent projects; it is in the place of the platform otherwise, ~/.local/state/machinist on Linux.",
    ".TP",
    ".B ACCESSIBLE",
    "Questions come in plain lines, as with \\-\\-accessible.",
    ".TP",
    ".B NO_COLOR\\fR, \\fBFORCE_COLOR",
    "No colours, or colours where the output is no terminal.",
  ]
    .flatMap(folded)
    .join("\n")}\n`;
}

function section(
  name: string,
  { summary, positional, examples, flags }: CommandText,
): readonly string[] {
  const byGroup = Object.entries(groups).flatMap(([group, heading]) => {
    const members = Object.entries<Flag>(flags).filter(([, flag]) => flag.group === group);
    return members.length === 0
      ? []
      : [".PP", `${escaped(heading)}:`, ...members.flatMap(flagLines)];
  });
  return [
    `.SS machinist ${name}${positional === undefined ? "" : ` [\\fI${positional.name.toUpperCase()}\\fR]`}`,
    `${escaped(sentence(summary))}`,
    ...(positional === undefined
      ? []
      : [".TP", `.I ${positional.name.toUpperCase()}`, escaped(positional.summary)]),
    ...byGroup,
    ".PP",
    "Examples:",
    ...examples.flatMap(({ line, does }) => [
      ".TP",
      `.B machinist ${escaped(line)}`,
      escaped(does),
    ]),
  ];
}

function flagLines([name, flag]: readonly [string, Flag]): readonly string[] {
  return [".TP", `.B ${escaped(usageOf(name, flag))}`, escaped(flag.words)];
}

function sentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}${/[.?!]$/u.test(words) ? "" : "."}`;
}

/** A line of text as lines that roff's checkers don't call long, which it fills as one; an order has to stay on its line. */
function folded(line: string): readonly string[] {
  if (line.startsWith(".") || line.length <= longest) return [line];
  const end = line.lastIndexOf(" ", longest);
  if (end <= 0) return [line];
  return [line.slice(0, end), ...folded(guarded(line.slice(end + 1)))];
}

/** A text in which roff finds no order. */
function escaped(text: string): string {
  return guarded(text.replaceAll("\\", "\\e").replaceAll("-", "\\-"));
}

/** A line that begins with what begins an order is made text. */
function guarded(line: string): string {
  return line.replace(/^(?=[.'])/u, "\\&");
}
