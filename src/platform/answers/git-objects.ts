/** Files and folders that were read, by the ids that Git makes of what is in them: the same in every project. */
export interface GitObjects<T> {
  /** What has this id. It is read when it isn't known, or when somebody else's reading of it failed. */
  get(id: string, read: () => Promise<T>): Promise<T>;
}

/** As many are kept, the latest ones: more than the projects that are read at a time have. */
const most = 1000;

/**
 * Keeps the latest objects, so that projects that have the same script need it once.
 *
 * @param isSmall whether one may be kept once everybody who waits for it has it
 */
export function gitObjects<T>(isSmall: (object: T) => boolean): GitObjects<T> {
  const known = new Map<string, Promise<T>>();
  const forget = (id: string, reading: Promise<T>) => {
    if (known.get(id) === reading) known.delete(id);
  };

  async function get(id: string, read: () => Promise<T>): Promise<T> {
    const earlier = known.get(id);
    if (earlier !== undefined) {
      keep(id, earlier);
      return earlier.catch(() => {
        // What one project doesn't give may be had from another.
        forget(id, earlier);
        return get(id, read);
      });
    }
    const reading = read();
    keep(id, reading);
    try {
      const object = await reading;
      if (!isSmall(object)) forget(id, reading);
      return object;
    } catch (error) {
      forget(id, reading);
      throw error;
    }
  }

  function keep(id: string, reading: Promise<T>): void {
    known.delete(id);
    known.set(id, reading);
    const [oldest] = known.keys();
    if (known.size > most && oldest !== undefined) known.delete(oldest);
  }

  return { get };
}
