import { handedOn } from "./assigned.ts";
import * as outcomes from "./outcome.ts";
import { anyOf, type Likelihood, least, type Outcome } from "./outcome.ts";
import { commandPlace, type Runner, type StartedProgram } from "./runner.ts";
import { livesAs, type Scope } from "./scope.ts";
import { taskCall } from "./tasks.ts";
import { sameText } from "./value.ts";

/** Follows what the project declares in a file of a package manager or of make; undefined where that isn't known. */
export function runTask(
  program: StartedProgram,
  path: Likelihood,
  scope: Scope,
  runner: Runner,
): Outcome | undefined {
  const { words, node } = program;
  const call = taskCall(words, scope.state.folder);
  if (call === undefined) return undefined;
  const { repository, observed, active } = runner;
  const stopped = (says: string) =>
    observed.stopped({ says, what: "program" }, commandPlace(node), path, scope);
  const file = call.files.find((each) => repository.text(each) !== undefined);
  const text = file === undefined ? undefined : repository.text(file);
  const lines = file && text && repository.tasks.lines(file, text, call.runs);
  const byTheWay = call.runs.kind === "events";
  if (byTheWay && call.files.length === 0)
    stopped(`runs ${call.says} in a folder that isn't known`);
  // A package manager does its own work, whatever is declared.
  if (byTheWay && (file === undefined || lines === "" || lines?.length === 0)) return undefined;
  if (file === undefined || !lines || call.hasArguments) {
    stopped(`runs ${call.says}`);
    return undefined;
  }
  const sources = lines.flatMap(({ text: source }) => (source === undefined ? [] : [source]));
  observed.tasks.set(call.says, sources);
  const key = `${file} ${call.says}`;
  if (active.has(key)) return outcomes.eitherWay;
  active.add(key);
  const place = scope.place ?? { start: scope.base + node.pos, end: scope.base + node.end };
  const folder = file.includes("/") ? file.slice(0, file.lastIndexOf("/")) : "";
  // Before what is installed, something may fail that has nothing to do with the scripts.
  let reached: Likelihood = byTheWay ? 2 : 3;
  const ways: { when: Likelihood; outcome: Outcome }[] = [];
  for (const { text: source, shell, isNeeded, isSure, variables } of lines) {
    const when: Likelihood = isSure ? reached : least(reached, 1);
    if (source === undefined) stopped(`runs ${call.says}, and that more than ${file} tells`);
    const state = handedOn(program, scope.state);
    for (const [name, value] of variables) state.variables.set(name, sameText(value));
    const ran: Outcome =
      source === undefined
        ? outcomes.either
        : runner.inShell(
            { file: scope.file, source, base: 0, place, ...livesAs(scope), shell, errexit: false },
            least(path, when),
            { ...state, folder },
            scope.doubt,
            { words: undefined },
          );
    const outcome: Outcome = isNeeded ? ran : outcomes.succeeds;
    ways.push({ when, outcome: { ...outcomes.fails, fail: outcome.fail } });
    // Where it may be left out, what its failure would keep from being run may be run.
    const isOpen: boolean = !isSure && outcome.ok < 2;
    reached = isOpen ? least(reached, 1) : least(reached, outcome.ok);
  }
  active.delete(key);
  return anyOf(...ways, {
    when: reached,
    outcome: byTheWay ? outcomes.either : outcomes.succeeds,
  });
}
