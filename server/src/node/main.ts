// The door of a process: the language server as a program of its own, which is the command line's `server`.
process.argv.splice(2, 0, "server");
// A bundle of its own would hold the whole catalogue a second time.
void import("./cli.ts");
