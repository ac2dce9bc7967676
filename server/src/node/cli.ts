// The command line: `smtp-log-lens analyse | explain | check | server`.

import { visible } from "../tell/markdown.ts";
import { analyse } from "./commands/analyse.ts";
import { check } from "./commands/check.ts";
import { explain } from "./commands/explain.ts";
import { exitCodes, UsageError } from "./usage.ts";

const help = `smtp-log-lens: explains SMTP rejections in mail logs

Usage:
  smtp-log-lens analyse FILE… [--ndjson]   what failed in these logs, and why ("-" reads standard input)
  smtp-log-lens explain CODE               what a code means: AUP#CXCNCT, 421, "421 4.7.0", 5.7.1
  smtp-log-lens check IP [--resolver HOST:PORT] [--yes] [--json]
                                           asks blocklists and DNS about a sending IP, after you agree
  smtp-log-lens server --stdio             the language server, for any editor

Options:
  --ndjson     one JSON object for each finding
  --json       one JSON object for the report
  --resolver   the DNS server to ask; the system's own without it
  --yes        you agree to what the check asks; without it you are asked, and without a terminal nothing is
  --help, --version

Exit codes:
  0  done; for "check": nothing found against the address
  1  a file could not be read, a code is not known, or the check found something against the address
  2  the command line was not understood
  3  the check could not tell, or nothing was asked
`;

declare const VERSION: string;

const commands: Record<string, (args: string[]) => Promise<number>> = {
  analyse,
  analyze: analyse,
  explain,
  check,
  server,
};

/** Runs the language server until its editor leaves. */
async function server(): Promise<number> {
  const { startServer } = await import("./serve.ts");
  startServer();
  return new Promise(() => {});
}

/** Runs one command and gives its exit code. */
async function run(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args;
  if (name === "--version" || name === "-V") return print(`${VERSION}\n`);
  if (name === undefined || name === "help" || args.includes("--help") || args.includes("-h")) {
    return print(help, name === undefined ? exitCodes.usage : exitCodes.done);
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) throw new UsageError(`There is no command "${visible(name.slice(0, 80))}".`);
  return command(rest);
}

function print(text: string, code: number = exitCodes.done): number {
  (code === exitCodes.done ? process.stdout : process.stderr).write(text);
  return code;
}

/** A reader that closes the pipe early, such as `head`, is no fault. */
process.stdout.on("error", (problem: NodeJS.ErrnoException) => process.exit(problem.code === "EPIPE" ? 0 : 1));

run(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (problem: unknown) => {
    const usage =
      problem instanceof UsageError ||
      (problem instanceof Error && "code" in problem && String(problem.code).startsWith("ERR_PARSE_ARGS"));
    const words = problem instanceof Error ? problem.message : String(problem);
    process.stderr.write(`smtp-log-lens: ${words}${usage ? "\nTry: smtp-log-lens --help" : ""}\n`);
    process.exitCode = usage ? exitCodes.usage : exitCodes.failed;
  },
);
