/** The page's own style: light and dark as the reader's system is, and readable in print. */
export const style = `
:root { color-scheme: light dark; --text: #1b1f24; --soft: #57606a; --ground: #ffffff; --raised: #f4f6f8; --line: #d0d7de; --error: #b3261e; --warning: #8a5a00; --info: #1a5fb4; --fine: #1a7f37; --failed: #6e4aa8; }
@media (prefers-color-scheme: dark) { :root { --text: #e6edf3; --soft: #9aa7b4; --ground: #0f1419; --raised: #182029; --line: #323b45; --error: #ff8a80; --warning: #e3b341; --info: #79b8ff; --fine: #56d364; --failed: #c8a8ff; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2rem 1rem 4rem; max-width: 72rem; font: 1rem/1.5 system-ui, sans-serif; color: var(--text); background: var(--ground); }
h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 .25rem; }
h2 { font-size: 1.25rem; margin: 2.5rem 0 .75rem; }
p { margin: .25rem 0; }
a { color: var(--info); }
.soft { color: var(--soft); }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); gap: .75rem; margin: 1.5rem 0; padding: 0; list-style: none; }
.tiles li { padding: .75rem 1rem; border: 1px solid var(--line); border-radius: .5rem; background: var(--raised); }
.tiles strong { display: block; font-size: 1.75rem; line-height: 1.2; font-variant-numeric: tabular-nums; }
.chart { width: 100%; height: 1.75rem; display: block; }
.legend { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; margin: .5rem 0 0; padding: 0; list-style: none; }
.legend svg { width: .75rem; height: .75rem; margin-right: .5rem; }
.error { color: var(--error); fill: var(--error); } .warning { color: var(--warning); fill: var(--warning); } .info { color: var(--info); fill: var(--info); } .fine { color: var(--fine); fill: var(--fine); } .failed { color: var(--failed); fill: var(--failed); }
.scroll { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
caption { text-align: left; color: var(--soft); padding-bottom: .5rem; }
th, td { padding: .375rem .75rem .375rem 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
td.number, th.number { text-align: right; white-space: nowrap; }
th { font-weight: 600; }
th .soft { font-weight: 400; }
th[scope=row] { min-width: 10rem; }
td.bar { width: 30%; vertical-align: middle; }
td.bar svg { display: block; width: 100%; height: .75rem; }
code { font: .875em/1.4 ui-monospace, monospace; overflow-wrap: anywhere; }
pre { margin: .5rem 0; padding: .75rem; overflow-x: auto; border: 1px solid var(--line); border-radius: .375rem; background: var(--raised); }
.lines { white-space: pre; }
mark { color: inherit; background: none; font-weight: 600; text-decoration: none; }
.added { color: var(--fine); } .removed { color: var(--error); }
details { border-top: 1px solid var(--line); padding: .5rem 0; }
summary { cursor: pointer; }
.findings { margin: .5rem 0 1rem; padding: 0; list-style: none; }
.findings li { margin: .75rem 0; padding-left: .75rem; border-left: 3px solid currentColor; }
.findings li > * { color: var(--text); }
.findings li > .severity { color: inherit; font-weight: 600; }
@media (max-width: 40rem) { body { padding-top: 1rem; } td.bar { display: none; } th, td { padding-right: .5rem; } .tiles { grid-template-columns: repeat(auto-fit, minmax(6.5rem, 1fr)); } .tiles li { padding: .5rem .75rem; } }
@media print { body { max-width: none; padding: 0; } details > * { display: block; } }
`;
