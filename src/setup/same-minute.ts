/**
 * A schedule that starts in another minute than the others: the one that is suggested, or that with its minute moved on
 * by 20, as often as needed. Only a minute that is a number is moved.
 *
 * @param suggested five fields
 * @param others schedules as files have them
 */
export function spreadFrom(suggested: string, others: readonly string[]): string {
  const [minute = "", hour, ...rest] = suggested.split(" ");
  const isTaken = (candidate: string) =>
    others.some((other) => {
      const [otherMinute, otherHour] = other.trim().split(/\s+/u);
      return otherMinute === candidate && (otherHour === hour || otherHour === "*");
    });
  const free = ["0", "20", "40", "10", "30", "50"]
    .map((step) => String((Number(minute) + Number(step)) % 60))
    .find((candidate) => !isTaken(candidate));
  return [free ?? minute, hour, ...rest].join(" ");
}
