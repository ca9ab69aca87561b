/** The five things a setup makes; `--only` chooses among them. */
export const parts = ["machine-user", "token", "variable", "installer", "cron"] as const;
/** One of them. */
export type Part = (typeof parts)[number];

/** Those that live in the file, for which nobody has to sign in. */
export const inTheFile: readonly Part[] = ["installer", "cron"];
