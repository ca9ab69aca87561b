import { php, withBuild } from "../installing.ts";
import type { RuleCases } from "../rule-cases.ts";

export const cases: RuleCases = {
  fires: {
    "curl is piped into a shell": {
      given: withBuild("curl -sSL https://example.com/install | sh"),
      finds: [
        {
          severity: "warning",
          at: "5:9-5:51",
          message: "the build hook runs what it downloads, even an error page",
          fix: "safe: Have curl fail on an error",
        },
      ],
      fixed: withBuild("curl -f -sSL https://example.com/install | sh"),
    },
    "curl is piped into php with options": {
      given: withBuild("curl -sS https://getcomposer.org/installer | php -- --quiet"),
      finds: [
        {
          severity: "warning",
          at: "5:9-5:68",
          message: "the build hook runs what it downloads, even an error page",
          fix: "safe: Have curl fail on an error",
        },
      ],
    },
  },
  quiet: {
    "curl fails on an error": withBuild("curl -sSLf https://example.com/install | sh"),
    "curl fails on an error and keeps the page": withBuild(
      "curl --fail-with-body https://example.com/install | sh",
    ),
    "what is piped is data": withBuild("curl -s https://example.com/a.json | php -r 'echo 1;'"),
    "a program of the project reads it": withBuild("curl -s https://example.com/a | php read.php"),
    "it is the PHP installer, which is told as that": withBuild(`${php} | php`),
    "it is the CLI's installer, which is told as that": withBuild(
      "curl -sSL https://raw.githubusercontent.com/platformsh/cli/main/installer.sh | bash",
      "make",
    ),
    "wget fails by itself": withBuild("wget -qO- https://example.com/install | sh"),
  },
};
