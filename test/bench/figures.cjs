// Loaded into a process that is measured: writes what it took into the file that FIGURES names.
const { writeFileSync } = require("node:fs");

process.on("exit", () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  const figures = {
    cpuMs: (userCPUTime + systemCPUTime) / 1000,
    peakMegabytes: maxRSS / 1024,
  };
  writeFileSync(process.env.FIGURES, JSON.stringify(figures));
});
