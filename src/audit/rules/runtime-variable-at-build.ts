import { scriptsOf } from "../../automation/scripts.ts";
import { runtimeVariables } from "../../shell/build-variables.ts";
import { installations } from "../../shell/installation.ts";
import { isNeverReached } from "../../shell/script.ts";
import { placeIn } from "../findings/places.ts";
import { rule } from "../rule.ts";

/** A build asks which environment it is for, and one build is for several. */
export const runtimeVariableAtBuild = rule({
  id: "runtime-variable-at-build",
  severity: "warning",
  confidence: "high",
  needs: "files",
  fixable: "by-hand",
  what: "The build hook or a source operation reads a variable that is only set once the app runs.",
  why: "One build serves every environment with the same code, so branch, environment and type aren't known then: the variable is empty, and what depends on it always goes the same way. (Manual: “Use variables”.)",
  manual: "development/variables/use-variables",
  example: {
    before: `hooks:
    build: |
        if [ "$PLATFORM_ENVIRONMENT_TYPE" = production ]; then
            npm run build:production
        fi`,
    after: `hooks:
    deploy: |
        if [ "$PLATFORM_ENVIRONMENT_TYPE" = production ]; then
            ./prepare-production.sh
        fi`,
  },
  ignore: "The script is to notice that it runs at build.",
  check: ({ app }) =>
    scriptsOf(app)
      .filter(({ kind }) => kind === "build" || kind === "source_operation")
      .flatMap((from) => {
        const { text } = from.script;
        const variables = runtimeVariables(text);
        if (variables.length === 0) return [];
        // A guard that keeps the installer from being reached is told as that.
        const told = installations(text).filter((place) => isNeverReached(text, place));
        const seen = new Set<string>();
        return variables.flatMap(({ name, statement, ...place }) => {
          const covered = told.some(
            ({ start }) => statement.start <= start && start < statement.end,
          );
          if (covered || seen.has(name)) return [];
          seen.add(name);
          return [
            {
              message: `${from.called} reads ${name}, which isn't set at build`,
              location: placeIn(from, place),
            },
          ];
        });
      }),
});
