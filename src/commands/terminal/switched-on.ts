/** Whether a variable of the environment switches something on: it is neither empty, 0 nor false. */
export function isOn(value: string | undefined): boolean {
  return value !== undefined && !["", "0", "false"].includes(value);
}
