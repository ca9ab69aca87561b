import { app, hooks } from "../app.ts";
import { php, url } from "../installing.ts";
import type { RuleCases } from "../rule-cases.ts";

/** The same with a mount. */
function withMount(path: string, ...lines: readonly string[]): string {
  return app(
    ...hooks({ build: lines }),
    "mounts:",
    `    ${path}:`,
    "        source: local",
    "        source_path: files",
  );
}

export const cases: RuleCases = {
  fires: {
    "the PHP installer's folder is a mount": {
      given: withMount("/.platformsh", `${php} | php`),
      finds: [
        {
          severity: "error",
          confidence: "medium",
          at: "7:5-7:17",
          message:
            "The mount /.platformsh hides .platformsh/bin, where the build hook installs the CLI",
        },
      ],
    },
    "the folder above is": {
      given: withMount(".global", `${url} | bash`),
      finds: [
        {
          severity: "error",
          confidence: "medium",
          at: "7:5-7:12",
          message: "The mount .global hides .global/bin, where the build hook installs the CLI",
        },
      ],
    },
  },
  quiet: {
    "another folder is": withMount("/.local", `${url} | bash`),
    "a folder with a similar name is": withMount("/.globals", `${url} | bash`),
    "nothing is installed": withMount("/.platformsh", "make"),
  },
};
