const momentMs = 20_000;

/** Where something was made lately: the API may refuse to show it for a moment (platform API reference, rate limits). */
export interface Freshness {
  /** Something was made in the collection at this path. */
  at(path: string): void;
  /** Whether something was made at this path, or above it, within the last twenty seconds. */
  recently(path: string): boolean;
}

export function freshness(now: () => number = () => performance.now()): Freshness {
  const made = new Map<string, number>();
  return {
    at(path) {
      made.set(path, now());
    },
    recently(path) {
      return [...made].some(([above, since]) => path.startsWith(above) && now() - since < momentMs);
    },
  };
}
