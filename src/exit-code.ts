const notAll =
  "not all that was wished is done: something is left out, or there was an unexpected failure";

/** How a command ends, by its exit code. */
export const exitCodes = {
  done: { code: 0, meaning: "done" },
  unexpected: { code: 1, meaning: notAll },
  leftOut: { code: 1, meaning: notAll },
  usage: {
    code: 2,
    meaning: "wrong usage, or an answer is missing and there is no terminal to ask in",
  },
  signedOut: { code: 3, meaning: "not signed in, or the token was refused" },
  api: { code: 4, meaning: "the API refused or failed" },
  uneditable: { code: 5, meaning: "a file can't be edited safely" },
  findings: {
    code: 10,
    meaning:
      "the audit found something at or above --fail-on, or verify, status or a dry run of rotate --older-than something to mend",
  },
  incomplete: { code: 11, meaning: "with --complete: something could not be looked at" },
  interrupted: { code: 130, meaning: "interrupted" },
  unread: { code: 141, meaning: "in place of 0: nobody read the output to its end" },
} as const;

/** What each exit code means, each once and in order; `--help`, the README, the manual page and the tests read this. */
export const exitCodeMeanings: readonly (readonly [code: number, meaning: string])[] = [
  ...new Map(Object.values(exitCodes).map(({ code, meaning }) => [code, meaning])),
];

/** Why the process ends, by the name of its code. */
export type ExitReason = keyof typeof exitCodes;
