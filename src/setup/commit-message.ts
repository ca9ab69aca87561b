const widest = 72;

/**
 * A commit message: a subject in the imperative of at most 72 characters, and a body where that can't hold it all.
 *
 * @param purposes what the changes do, in the imperative: "add the cron backup"; at least one
 */
export function commitMessage(purposes: readonly string[]): string {
  const distinct = [...new Set(purposes)];
  const whole = capitalized(distinct.join(" and "));
  if (whole.length <= widest) return whole;
  return [
    "Have the platform's CLI do the recurring work",
    "",
    ...distinct.map((purpose) => `- ${capitalized(purpose)}`),
  ].join("\n");
}

function capitalized(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
