import { type CiReading, ciReadingOf } from "../../src/cifile/read.ts";

/** What these files say, by their paths from the top of a repository. */
export function reading(files: Readonly<Record<string, string>>): CiReading {
  return ciReadingOf(
    new Map(
      Object.entries(files).map(([path, text]) => [
        path,
        { file: `/shop/${path}`, shown: path, text },
      ]),
    ),
  );
}

/** The steps of a job that run a script, by what they run, with the values of their variables. */
export function scriptsOf({ files }: CiReading, id: string) {
  const job = files.flatMap(({ jobs }) => jobs).find((each) => each.id === id);
  return (job?.steps ?? []).flatMap((step) =>
    step.kind === "run"
      ? {
          text: step.script.text.trim(),
          shell: step.shell.kind === "other" ? step.shell.name : shellWords(step.shell),
          env: Object.fromEntries([...step.env].map(([name, { text }]) => [name, text])),
        }
      : [],
  );
}

function shellWords(shell: {
  readonly kind: string;
  readonly errexit: boolean;
  readonly pipefail: boolean;
}): string {
  return `${shell.kind}${shell.errexit ? " -e" : ""}${shell.pipefail ? " pipefail" : ""}`;
}
