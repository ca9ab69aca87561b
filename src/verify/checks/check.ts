/** What a check looks at: the headings of the checklist, in its order. */
export const subjects = ["file", "deployment", "token", "work", "ci"] as const;
/** What a check is about. */
export type CheckSubject = (typeof subjects)[number];

/** One line of the checklist: something that should be so for the automation to work. */
export interface Check {
  readonly subject: CheckSubject;
  /**
   * "ok"; "wrong", and then `next` says what to do; "open", when only time will tell or the platform doesn't say; or
   * "skipped", when it could not be looked at.
   */
  readonly state: "ok" | "wrong" | "open" | "skipped";
  readonly sentence: string;
  readonly next?: string;
}

/** Makes the checks of one subject. */
export function checksOf(subject: CheckSubject) {
  return {
    ok: (sentence: string): Check => ({ subject, state: "ok", sentence }),
    wrong: (sentence: string, next: string): Check => ({ subject, state: "wrong", sentence, next }),
    open: (sentence: string, next?: string): Check => ({
      subject,
      state: "open",
      sentence,
      ...(next === undefined ? {} : { next }),
    }),
    skipped: (sentence: string, next: string): Check => ({
      subject,
      state: "skipped",
      sentence,
      next,
    }),
  };
}
