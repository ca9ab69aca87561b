// Ink draws nothing before its end where CI is set, and looks only once, when it is loaded: imported before it.
delete process.env["CI"];
delete process.env["CONTINUOUS_INTEGRATION"];
