/** More than the scripts of one project that several look at, one after the other. */
const most = 128;

/**
 * A function that keeps its latest answers: many look at the same few scripts one after the other. Nobody may change an
 * answer.
 */
export function keepingLatest<Answer>(of: (text: string) => Answer): (text: string) => Answer {
  const latest = new Map<string, Answer>();
  return (text) => {
    const before = latest.get(text);
    if (before !== undefined) return before;
    const answer = of(text);
    const [oldest] = latest.keys();
    if (latest.size === most && oldest !== undefined) latest.delete(oldest);
    latest.set(text, answer);
    return answer;
  };
}
