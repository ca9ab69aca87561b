/** What each exit code means; `--help`, the README and the tests read this table. */
export const exitCodes = {
  done: { code: 0, meaning: "done" },
  unexpected: { code: 1, meaning: "unexpected failure" },
  leftOut: { code: 1, meaning: "something that was wished is left out" },
  usage: {
    code: 2,
    meaning: "wrong usage, or an answer is missing and there is no terminal to ask in",
  },
  signedOut: { code: 3, meaning: "not signed in, or the token was refused" },
  api: { code: 4, meaning: "the API refused or failed" },
  uneditable: { code: 5, meaning: "a file can't be edited safely" },
  findings: {
    code: 10,
    meaning: "the audit found something at or above --fail-on, or verify something that is wrong",
  },
  incomplete: { code: 11, meaning: "with --complete: something could not be looked at" },
  interrupted: { code: 130, meaning: "interrupted" },
  unread: { code: 141, meaning: "in place of 0: nobody read the output to its end" },
} as const;

export type ExitReason = keyof typeof exitCodes;
