import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readSubjects } from "../../src/audit/subject.ts";
import { scriptsOf } from "../../src/automation/scripts.ts";
import { readAsDash } from "../../src/shell/parse/dash/syntax.ts";
import { ofScripts } from "../amounts.ts";

/** Which of the scripts dash takes when it only reads them. */
function takenByDash(scripts: readonly string[]): readonly boolean[] {
  const folder = mkdtempSync(join(tmpdir(), "dash-"));
  for (const [index, script] of scripts.entries()) writeFileSync(join(folder, `${index}`), script);
  const each = `dash -n ./$i 2>/dev/null && echo $i; i=$((i+1))`;
  const loop = `i=0; while [ $i -lt ${scripts.length} ]; do ${each}; done`;
  const { stdout } = spawnSync("dash", ["-c", loop], { cwd: folder, encoding: "utf8" });
  rmSync(folder, { recursive: true });
  const taken = new Set(stdout.split("\n"));
  return scripts.map((_, index) => taken.has(`${index}`));
}

const takes = (script: string) => readAsDash(script).kind === "complete";

/** The scripts of which dash says something else. */
function mistaken(scripts: readonly string[]): readonly string[] {
  const taken = takenByDash(scripts);
  return scripts.filter((script, index) => takes(script) !== taken[index]);
}

const refused = [
  'if [ "$PLATFORM_BRANCH" = main ] then\n make\nfi',
  "if true; then make",
  "if true; then fi",
  "if true\nthen\nmake\ndone",
  "for i in 1 2 do make; done",
  "for 1 in a; do make; done",
  "while true; make; done",
  "case x in a b) make;; esac",
  "case x in a) make;; ",
  "make && && make",
  "make ||",
  "| make",
  "{ make }",
  "( make",
  "make )",
  "}",
  "echo 'a",
  'echo "a',
  "echo `make",
  "echo $(make",
  "echo $((1 + 2)",
  `echo \${HOME`,
  `echo "\${HOME:-"`,
  "echo `if`",
  "function f { make; }",
  "f() { make }",
  "back-up() { make; }",
  "export() { make; }",
  "time { make; }",
  "time (make)",
  "cat <<`a`\n${x:-b\n`a`\n",
  "! ! make",
  "diff <(ls) x",
  "list=(a b)",
  "cat <<< x",
  "make |& tee log",
  "for ((i = 0; i < 3; i++)); do make; done",
  "[[ ( a = b ) ]]",
  "make & ; make",
  "case x in a) make;& b) make;; esac",
  "if true\r\nthen\r\nmake\r\nfi\r\n",
];

const taken = [
  "f() echo a",
  "f()\n{ make; }",
  "[[ a && b ]] || make",
  "[ A = x || B = y ]",
  "make &> log",
  `echo \${HOME,,} \${list[0]} {a,b}`,
  "source x; let i=1; declare -A m",
  "((i++))",
  "case x in a) make; esac",
  "case x in (a|b) ;; *) ;; esac",
  `cat <<EOF\n\${HOME} $(ls) \\$x\nEOF\nmake`,
  "cat <<'EOF'\n${ $( `\nEOF\nmake",
  "cat <<-EOF\n\tx\n\tEOF\nmake",
  "cat <<EOF",
  "cat <<`a`\nif a\n`a`\nmake",
  `echo "\${x:-"a b"}" "$(echo ")")" '$('`,
  "echo `echo \\`ls\\``",
  "for i do make; done",
  "for i\ndo make; done",
  "if a; then { b; } fi",
  "a=1 b=2 >x make 2>&1 </dev/null",
  "until a && ! b | c; do d & done",
  "echo a # it's\nmake",
  "\\\nmake \\\n  all",
  "",
  "\n\n# only a comment",
];

describe("the syntax of dash", () => {
  test.each(refused)("refuses %j", (script) => {
    expect(readAsDash(script).kind).toBe("refused");
  });

  test.each(taken)("takes %j", (script) => {
    expect(readAsDash(script)).toEqual({ kind: "complete" });
  });

  test("is what dash itself makes of these examples", () => {
    expect(takenByDash([...refused, ...taken])).toEqual([
      ...refused.map(() => false),
      ...taken.map(() => true),
    ]);
  });

  test("is that of dash for pieces of scripts in any order", () => {
    const pieces = [
      "if ,then ,else ,elif ,fi,for ,i ,in ,do ,done,while ,until ,case ,esac,{ ,},(,),;,;;,&,&&,||,|, , , ,a,b ",
      `a=b ,! ,',",\`,$,\${,$(,$((,)),\\,#,<,>,<<,<<-,>&,>|,<>,E,1,12,x:-,%,##,[ ,],f(),=,*,-,_,\${x},\${#x},\${x%y}`,
      `"\${x:-,$(a),\`a\`,$((1+2)),"q",if a; then b; fi,while a; do b; done,case x in a) b;; esac,{ a; },(a)`,
    ].flatMap((row) => row.split(","));
    const lines = ["\n", "\n", "\\\n", "\t", "then\n", "do\n", "'q'", "cat <<E\nz\nE\n"];
    const script = fc
      .array(fc.constantFrom(...pieces, ...lines), { minLength: 1, maxLength: 14 })
      .map((parts) => parts.join(""));
    expect(mistaken(fc.sample(script, ofScripts))).toEqual([]);
  });

  const corpus = join(import.meta.dirname, "../../../shared/corpus");
  test.runIf(existsSync(corpus))("is that of dash for the scripts of people", async () => {
    const subjects = await Promise.all(
      readdirSync(corpus).map((appFile) => readSubjects(corpus, { appFile }).catch(() => [])),
    );
    const scripts = subjects
      .flat()
      .flatMap((subject) => (subject.kind === "read" ? scriptsOf(subject.app) : []))
      .map(({ script }) => script.text);
    expect(scripts.length).toBeGreaterThan(300);
    expect(mistaken([...new Set(scripts)])).toEqual([]);
  });

  test("isn't told of a script that is nested without measure", () => {
    for (const piece of ["$(", "(", "{ ", "if ", "`\\`"])
      expect(readAsDash(piece.repeat(1000)).kind).not.toBe("complete");
    expect(readAsDash("$(".repeat(20_000)).kind).toBe("unknown");
  });
});
