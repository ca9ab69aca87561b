/** Whether a variable is one that holds an API token: `PLATFORMSH_CLI_TOKEN`, `env:UPSUN_CLI_TOKEN`, `MY_API_TOKEN`. */
export function isTokenName(name: string): boolean {
  return /(?:^|[_:])(?:CLI|API|PLATFORMSH|UPSUN)_TOKEN$/iu.test(name);
}

/** Whether a value may be a token, and is no reference, placeholder or example. */
export function isSecretLike(value: string): boolean {
  return (
    /^[\w+/=.-]{16,}$/u.test(value) &&
    /\d/u.test(value) &&
    !/^(?:x+|\*+|\.+)$|your|example|change|replace|secret|token|dummy|todo|placeholder/iu.test(
      value,
    )
  );
}
