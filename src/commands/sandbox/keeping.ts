/** Writes something down a moment after it changed, and for the last time at the end. */
export interface Keeping {
  /** Something changed: it is written within the delay, together with what changes until then. */
  noteChange(): void;
  /** Writes what isn't written yet, and keeps nothing that changes later; throws what the writing throws. */
  end(): Promise<void>;
}

/**
 * Keeps writing, one write at a time. A write that fails is tried again at the next change.
 *
 * @param write writes how it is now
 * @param o.delayMs how long a change may wait, in milliseconds
 * @param o.failed takes what a write threw, unless the one before it failed as well
 */
export function keeping(
  write: () => Promise<void>,
  { delayMs, failed }: { readonly delayMs: number; readonly failed: (error: unknown) => void },
): Keeping {
  let isBehind = false;
  let hasFailed = false;
  let hasEnded = false;
  let timer: NodeJS.Timeout | undefined;
  let writing = Promise.resolve();
  const writeNow = async () => {
    isBehind = false;
    try {
      await write();
      hasFailed = false;
    } catch (error) {
      isBehind = true;
      throw error;
    }
  };
  const due = () => {
    timer = undefined;
    writing = writing.then(writeNow).catch((error: unknown) => {
      if (!hasFailed) failed(error);
      hasFailed = true;
    });
  };
  return {
    noteChange: () => {
      if (hasEnded) return;
      isBehind = true;
      timer ??= setTimeout(due, delayMs);
    },
    end: async () => {
      hasEnded = true;
      clearTimeout(timer);
      await writing;
      if (isBehind) await writeNow();
    },
  };
}
