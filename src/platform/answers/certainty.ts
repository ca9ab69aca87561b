import { ApiFailure } from "../api-failure.ts";

/**
 * Makes a write whose outcome is known in the end. When the answer is lost or can't be read, `look` reads how things
 * stand: if they are as wanted, the write took effect; if not, it is sent once more, which the API turns down (404,
 * 409) should the first one have arrived late. Without an answer to that either, the failure says that it isn't known.
 *
 * @param write sends the request once
 * @param look gives what the write would have given when things are as it makes them, undefined when they aren't
 * @throws ApiFailure as `write` does
 */
export async function certainly<T>(
  write: () => Promise<T>,
  look: () => Promise<{ readonly outcome: T } | undefined>,
): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (!inDoubt(error)) throw error;
    const found = await lookOrDoubt(look, error);
    if (found !== undefined) return found.outcome;
  }
  try {
    return await write();
  } catch (error) {
    if (!inDoubt(error) && !mayBeLate(error)) throw error;
    const found = await lookOrDoubt(look, error);
    if (found !== undefined) return found.outcome;
    throw inDoubt(error) ? doubtful(error) : error;
  }
}

function inDoubt(error: unknown): error is ApiFailure {
  return error instanceof ApiFailure && error.effect === "unknown";
}

function mayBeLate(error: unknown): boolean {
  return error instanceof ApiFailure && (error.status === 404 || error.status === 409);
}

async function lookOrDoubt<T>(look: () => Promise<T>, error: unknown): Promise<T> {
  try {
    return await look();
  } catch (unreadable) {
    if (!(unreadable instanceof ApiFailure)) throw unreadable;
    throw inDoubt(error) ? doubtful(error) : error;
  }
}

function doubtful(failure: ApiFailure): ApiFailure {
  const { parts, status } = failure;
  const next =
    "it isn't known whether the change was made: look at it in the console, or start again, which looks first";
  return new ApiFailure("api", { ...parts, next }, status, "unknown");
}
