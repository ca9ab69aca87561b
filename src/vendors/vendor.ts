import type { VendorDistribution } from "./distribution.ts";
import type { Manual } from "./manual.ts";

/**
 * A vendor of the platform, as data: what its command line tool, its files and its manual say differently from the
 * others. docs/vendors.md tells how to add one.
 */
export interface VendorRecord {
  /** As `--vendor` names it. */
  readonly id: string;
  /** As people read it: "Ibexa Cloud". */
  readonly name: string;
  /** The executable that scripts call: "platform". */
  readonly binary: string;
  /** What the variables that its CLI reads begin with: "PLATFORMSH_CLI_". */
  readonly prefix: string;
  /** What the variables that an app finds in its container begin with: "PLATFORM_". */
  readonly containerPrefix: string;
  readonly files: {
    /** What describes an application, as a message shows it: ".upsun/config.yaml". */
    readonly app: string;
    /** The folder of the project; the CLI keeps its `local/project.yaml` there. */
    readonly folder: string;
    /** What may describe several applications in place of a file for each: ".platform/applications.yaml". */
    readonly list?: string;
  };
  readonly git: {
    /** The remote that its CLI looks at before `origin`; undefined where no source names one. */
    readonly remote?: string;
    /** Domains below which only this vendor has projects. All others share platform.sh, which tells nothing. */
    readonly ownDomains: readonly string[];
  };
  /** Domains of its API, its Git servers and its sites, shared or not. */
  readonly domains: readonly string[];
  /** Words that a name has which means this vendor: "psh" in PSH_TOKEN. */
  readonly brandWords: readonly string[];
  /** Where its API is; undefined where no public source says so. */
  readonly hosts?: VendorHosts;
  /**
   * Composer packages that are made for its projects; one that ends in a slash stands for all of that name. They are a
   * hint: such a project may be hosted by Platform.sh itself.
   */
  readonly packages: readonly string[];
  /** What `product_code` of a project's settings is for its projects, as far as that is known. */
  readonly productCodes: readonly string[];
  readonly installation: VendorInstallation;
  /** Other ways in which its CLI comes; undefined where none is known. */
  readonly distribution?: VendorDistribution;
  /** The hosts from which an installer of its CLI comes or came; those of GitHub are known by their paths. */
  readonly installerHosts: readonly string[];
  /** Whether the API can invite the machine user to a project. */
  readonly invites: boolean;
  /** What its containers have in place of a token, as far as that may serve here, and the page that says so. */
  readonly withoutToken?: { readonly says: string; readonly page: string };
  /** Commands that its CLI has under another name than `platform`, theirs first. */
  readonly commandNames: Readonly<Record<string, string>>;
  /** Commands that its CLI leaves out, and what there is instead. */
  readonly commandsOff: Readonly<Record<string, string>>;
  /** The key of a cron under which its manual has the commands. */
  readonly cronKey: "commands" | "cmd";
  /** Whether its manual has crons start every minute without a word about a plan: its own template does. */
  readonly cronsEveryMinute?: true;
  readonly manual: Manual;
}

/** Base addresses, without a slash at the end. */
export interface VendorHosts {
  readonly api: string;
  readonly auth: string;
  readonly console: string;
}

/** How its CLI comes into a container. */
type VendorInstallation =
  | {
      readonly kind: "script";
      /** The address that its manual gives. */
      readonly url: string;
      /** What runs the script. */
      readonly interpreter: "bash" | "sh" | "php";
      /** Whether the script installs the release that `VERSION` names. */
      readonly pins: boolean;
      /**
       * The installer of an older manual that still works: its address, the one line that the manual has, and the folder
       * into which it puts the CLI, from the home.
       */
      readonly older?: { readonly url: string; readonly line: string; readonly folder: string };
      /** What to know before it is used. */
      readonly note?: string;
    }
  | {
      readonly kind: "forbidden";
      /** What the manual says against it, as a sentence. */
      readonly why: string;
    }
  /** Nobody says where its installer is. */
  | { readonly kind: "unknown" };

/** A vendor with the names that follow from its prefix (source of the official CLI, `Config`). */
export interface Vendor extends VendorRecord {
  /** The variable that holds an API token, in a container or on a workstation: "UPSUN_CLI_TOKEN". */
  readonly tokenEnv: string;
  /** The top-level variable that becomes it in a container: "env:UPSUN_CLI_TOKEN". */
  readonly tokenVariable: string;
  /** The variable for an access token, which lasts 15 minutes; an API token in it never works. */
  readonly accessTokenEnv: string;
}

/** A vendor from its record. */
export function vendorOf<R extends VendorRecord>(record: R): R & Vendor {
  const tokenEnv = `${record.prefix}TOKEN`;
  return {
    ...record,
    tokenEnv,
    tokenVariable: `env:${tokenEnv}`,
    accessTokenEnv: `${record.prefix}API_TOKEN`,
  };
}
