import type {
  AgreementQuestion,
  ChoiceQuestion,
  SecretQuestion,
  TextQuestion,
} from "../../src/dialogue/question.ts";
import type { ScriptedStep } from "./fake-setup.ts";

export const projectQuestion: ChoiceQuestion = {
  kind: "choice",
  title: "Which project?",
  help: ["The project gets the machine user."],
  facts: ["42 projects can be seen."],
  flag: "--project",
  choices: Array.from({ length: 42 }, (_, index) => ({
    value: `project${index + 1}`,
    label: `Shop ${index + 1}`,
    detail: index % 2 === 0 ? "eu-5" : "us-2",
    ...(index === 3 ? { disabled: "you may not invite there" } : {}),
  })),
  preset: { value: "project2", because: "from the git remote", certain: true },
};

export const scheduleQuestion: TextQuestion = {
  kind: "text",
  title: "When should the backup run?",
  help: ["A cron spec has five fields."],
  facts: ["Times are in UTC."],
  flag: "--schedule",
  preset: { value: "0 5 * * *", because: "a quiet hour", certain: false },
  check: (text) => (/^\S+( \S+){4}$/u.test(text) ? undefined : "A spec has five fields."),
  explain: (text) => [`next: by ${text}`],
  preview: (text) => [
    {
      title: ".platform.app.yaml: add the cron backup",
      lines: [
        { kind: "place", text: ".platform.app.yaml:20" },
        { kind: "context", text: "crons:" },
        { kind: "added", text: "    backup:" },
        { kind: "added", text: `        spec: '${text}'` },
        ...Array.from(
          { length: 10 },
          (_, index) => ({ kind: "context", text: `line ${index}` }) as const,
        ),
      ],
    },
  ],
};

export const tokenQuestion: SecretQuestion = {
  kind: "secret",
  title: "The machine user's API token",
  help: ["It is made in the console."],
  facts: ["Sign in as the machine user."],
  flag: "--machine-token-stdin",
  address: "https://console.example.org/-/users/bot/settings/tokens",
};

export const cronQuestion: AgreementQuestion = {
  kind: "agreement",
  title: "Add the cron?",
  help: ["The cron runs on one branch."],
  facts: [],
  flag: "--yes",
  previews: [
    {
      title: ".platform.app.yaml: add the cron backup",
      lines: Array.from(
        { length: 30 },
        (_, index) => ({ kind: "added", text: `added line ${index}` }) as const,
      ),
    },
  ],
  agree: "Write the file",
  decline: "Leave it out",
};

/** A setup with a question of every kind. */
export const everyKind: readonly ScriptedStep[] = [
  { id: "project", title: "Project", question: projectQuestion },
  { id: "schedule:backup", title: "Schedule", question: scheduleQuestion },
  { id: "token", title: "Token", question: tokenQuestion },
  { id: "cron:backup", title: "Cron", question: cronQuestion },
];
