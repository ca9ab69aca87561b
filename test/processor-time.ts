/**
 * Starts to count the processor time of this process, in which no other test file runs meanwhile: the time on the clock
 * is that of all who share the machine.
 *
 * @returns gives the seconds since then
 */
export function processorTime(): () => number {
  const before = process.cpuUsage();
  return () => process.cpuUsage(before).user / 1e6;
}
