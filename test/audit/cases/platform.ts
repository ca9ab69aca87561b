import type { PlatformFacts } from "../../../src/audit/rule.ts";
import type { VariableFlags } from "../../../src/platform/variables.ts";
import { vendors } from "../../../src/platform/vendors.ts";
import { guarded } from "../app.ts";
import type { Example, RuleCases } from "./case.ts";

const asItShouldBe: VariableFlags = {
  sensitive: true,
  enabled: true,
  inheritable: false,
  visibleAtBuild: false,
  visibleAtRuntime: true,
  applicationScope: [],
};

const text = guarded("platform backup:create --yes --no-wait");

/** A project whose token variable has these flags, and whatever else is said about it. */
function project(flags: Partial<VariableFlags>, more: Partial<PlatformFacts> = {}): Example {
  const platform: PlatformFacts = {
    project: {
      id: "abcdefghijklm",
      title: "Shop",
      defaultBranch: "main",
      region: "eu-3.platform.sh",
      organization: undefined,
      timezone: "UTC",
    },
    environment: {
      id: "main",
      title: "Main",
      type: "production",
      status: "active",
      isMain: true,
      operations: [],
    },
    variables: [
      { name: "env:PLATFORMSH_CLI_TOKEN", flags: { ...asItShouldBe, ...flags }, inherited: false },
    ],
    projectVariables: [],
    vendor: vendors.platformsh,
    ...more,
  };
  return { text, facts: { platform } };
}

const putRight = {
  kind: "variable-update",
  name: "env:PLATFORMSH_CLI_TOKEN",
  after: asItShouldBe,
};

/** What only the API knows. */
export const platformCases: readonly RuleCases[] = [
  {
    rule: "token-variable-exposed",
    fires: {
      "previews inherit it": project({ inheritable: true }),
      "its value can be read back": project({ sensitive: false }),
      "builds can read it": project({ visibleAtBuild: true }),
      "the project has it": project(
        {},
        {
          variables: [],
          projectVariables: [
            { name: "env:PLATFORMSH_CLI_TOKEN", flags: asItShouldBe, inherited: false },
          ],
        },
      ),
    },
    quiet: {
      "it is set as it should be": project({}),
      "nobody is signed in": text,
    },
    fixes: {
      "previews inherit it": putRight,
      "its value can be read back": putRight,
      "builds can read it": putRight,
    },
  },
];
