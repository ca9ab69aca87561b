import { includeKey, scriptInclusions } from "../../appfile/include.ts";
import { byHand } from "../findings/fix.ts";
import { placeAt } from "../findings/places.ts";
import { rule } from "../rule.ts";

/** What a file takes from another one isn't there. */
export const includeUnread = rule({
  id: "include-unread",
  severity: "error",
  confidence: "high",
  needs: "files",
  fixable: "by-hand",
  what: "A script or a section is included from a file that isn't there, or that can't be read.",
  why: "The platform refuses a configuration that includes what isn't in the repository, so that nothing of it is deployed. (Manual: “YAML tags”.)",
  manual: "learn/overview/yaml/platform-yaml-tags",
  example: {
    before: `hooks:
    build: !include
        type: string
        path: biuld.sh`,
    after: `hooks:
    build: !include
        type: string
        path: build.sh`,
  },
  ignore: "The file is made or fetched elsewhere before the project is built.",
  check: ({ app: { map, source, includes } }) => {
    if (![...includes.values()].some(({ kind }) => kind === "closed")) return [];
    return scriptInclusions(map, source.document).flatMap((inclusion) => {
      const included = includes.get(includeKey(inclusion));
      if (included?.kind !== "closed") return [];
      const end = source.text.indexOf("\n", inclusion.start);
      return [
        {
          message: included.why,
          ...(included.isMissing ? {} : { severity: "warning" as const }),
          location: placeAt(source, inclusion.start, end === -1 ? source.text.length : end),
          fix: byHand("Name a file of the repository", {
            what: "Which file was meant, only you know",
            next: `put ${inclusion.path} into the repository, name the file that has its content, or fetch the submodule that it is in`,
          }),
        },
      ];
    });
  },
});
