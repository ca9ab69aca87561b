import { scriptsOf } from "../../automation/scripts.ts";
import { uncertifiedLogins } from "../../shell/unattended.ts";
import { vendorFor } from "../evidence/vendor.ts";
import { byHand } from "../findings/fix.ts";
import { placeIn } from "../findings/places.ts";
import { rule } from "../rule.ts";

/** A script logs in by SSH without the certificate that the CLI gets for its token. */
export const sshCertificateMissing = rule({
  id: "ssh-certificate-missing",
  severity: "warning",
  confidence: "medium",
  needs: "files",
  fixable: "by-hand",
  what: "A script calls ssh, rsync or git for the platform, and no certificate is loaded before.",
  why: "A token alone opens no SSH connection: the CLI has to get a certificate for it first, and without one the platform refuses the login, or asks where nobody answers. (Manual: “API tokens”.)",
  manual: "administration/cli/api-tokens",
  example: {
    before: "rsync -a abcdefg-main--app@ssh.eu-3.platform.sh:web/ copy/",
    after:
      "platform ssh-cert:load --yes\nrsync -a abcdefg-main--app@ssh.eu-3.platform.sh:web/ copy/",
  },
  ignore: "The container has a key of its own that the platform knows.",
  check: ({ app, vendor }) =>
    scriptsOf(app).flatMap((from) =>
      uncertifiedLogins(from.script.text).map(({ program, ...place }) => ({
        message: `${from.called} calls ${program} for the platform, and no certificate is loaded before`,
        location: placeIn(from, place),
        fix: byHand("Load a certificate first", {
          what: "Where the certificate can be kept depends on the container",
          next: "let the CLI load one before the first such call",
          paste: `${vendorFor({ app, vendor }).vendor.binary} ssh-cert:load --yes`,
        }),
      })),
    ),
});
