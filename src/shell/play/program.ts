import type { Context, ExpandedCommand, Machine } from "./machine.ts";

/** Starts a program, which succeeds or fails as the play says. */
export function playProgram(
  { name, args, settings, plumbing, at }: ExpandedCommand,
  { shell }: Context,
  machine: Machine,
  status?: number,
): number {
  // Such as `["$X"`: there is no such program.
  if (name.startsWith("[") && name !== "[") return 127;
  const { model, play } = machine;
  const written = [...settings.map(([variable, value]) => `${variable}=${value}`), name, ...args];
  const words = model.started === undefined ? written : model.started({ words: written, at }, play);
  if (words === undefined) return 0;
  machine.noted({
    words,
    folder: shell.folder,
    plumbing: shell.plumbing + plumbing,
    settings: shell.settings(),
    exported: shell.exported(),
    at,
  });
  const forced = model.ended?.({ words: written, at });
  if (status !== undefined) play.latest = undefined;
  return status ?? forced ?? (play.succeeds(words.join(" ")) ? 0 : 1);
}
