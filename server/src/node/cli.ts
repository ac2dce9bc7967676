// The command line: `smtp-log-lens analyse | report | unknown | explain | check | request | redact | server`.

import { visible } from "../tell/markdown.ts";
import { guardOutput } from "./output.ts";
import { isOurThread } from "./tally/worker.ts";
import { exitCodes, UsageError } from "./usage.ts";

const help = `smtp-log-lens: explains SMTP rejections in mail logs

Usage:
  smtp-log-lens analyse FILE… [--ndjson]   what failed in these logs, and why ("-" reads standard input)
  smtp-log-lens report FILE… [--csv|--ndjson|--sarif|--markdown]
                                           the same, counted by provider and code: for logs of any size, packed ones
                                           (.gz .zst .bz2 .xz) and rotations (mail.log mail.log.1 mail.log.2.gz)
  smtp-log-lens unknown FILE… [--json | --row N]
                                           what these logs say that only its code explains, counted by what is said
  smtp-log-lens explain CODE [--log FILE…]
                                           what a code means: AUP#CXCNCT, 421, "421 4.7.0", 5.7.1; with logs, what
                                           they show of it: claims held against them, numbers, the setting to change
  smtp-log-lens check IP… [options]        asks lists and DNS about sending IPs, after you agree
  smtp-log-lens request IP --log FILE… --provider ID
                                           drafts a letter to the provider that refuses this IP, or says why
                                           none helps; nothing is sent
  smtp-log-lens redact FILE… [--key-env NAME]
                                           these logs with pseudonyms, to show to others ("-" reads standard input)
  smtp-log-lens server --stdio             the language server, for any editor

Options:
  --ndjson     "analyse": one JSON object for each finding
  --csv, --ndjson, --sarif, --markdown
               "report": in this form; NDJSON is one JSON object for each kind of failure
  --json       "unknown": one JSON object with all kinds, each with a literal example
  --row N      "unknown": a row for the catalogue or for your own rules, made of the N-th of the list, redacted
  --rules FILE any command: rules of your own, used before the catalogue; as often as you like
  --help, --version

Options of "check", the refusal that it is about:
  --log FILE --line N       the refusal on this line, and what the log tells of its mail; the IP may be left out
  --provider ID --code TOKEN
                            the refusal by its name: --provider cox --code IPBL0001

Options of "check", the mail:
  --helo NAME               the name that your server says in HELO or EHLO
  --from ADDRESS            the envelope sender; "" for the null sender
  --header-from DOMAIN      the domain of the From header
  --dkim SELECTOR._domainkey.DOMAIN
                            a DKIM key, as often as there are signatures
  --to DOMAIN               the recipient's domain

Options of "check", what is asked and how:
  --list ZONE, --no-list ZONE
                            a DNS list to ask besides the usual ones, or not to ask; as often as you like
  --extras                  look at the sender's MTA-STS and TLS-RPT records too
  --resolver HOST:PORT      the DNS server to ask, several in order; the system's own without it
  --doh URL                 ask this DNS over HTTPS endpoint instead
  --yes                     you agree to what the check asks; without it you are asked, and without a terminal
                            nothing is
  --many                    with --yes: you agree for more than 5 addresses too
  --json                    one JSON object: the report, or {"reports": […]} for several addresses
  --markdown                Markdown for a ticket
  --redact                  addresses and names of the sender and its mail replaced by placeholders

Options of "request":
  --log FILE…               the logs that hold the refusals, in any order
  --provider ID             whom to write to: cox, yahoo, …
  --code TOKEN              about this code only: AUP#CXBL; without it the most frequent that a letter helps with
  --json                    one JSON object: whom, subject, body and mailto link, or {"refused": …}
"redact" replaces mailboxes, accounts, subjects, message ids, names of hosts and domains, and addresses, each by the
same pseudonym in all files. Providers, their hosts and codes, reply texts, queue ids and times stay. Read the result
before you pass it on: a person's name in running text has no form to be known by, a subject in a column of CSV stays,
and what a mail holds in base64 is not looked into.
  --key-env NAME            the same pseudonyms in every run, made from the key in this environment variable

Keys for lists that want one are taken from the environment only, and never printed:
  SMTP_LOG_LENS_KEY_DQS     Spamhaus Data Query Service
  SMTP_LOG_LENS_KEY_ABUSIX  Abusix Guardian Mail

Exit codes:
  0  done; for "check": every question was answered, and nothing speaks against the address
  1  a file could not be read, a code is not known, or the check found something against an address
  2  the command line was not understood, or what "check" starts from is not there
  3  the check could not tell, because an answer is missing or was refused, or nothing was asked;
     for "request": no letter helps, and why
`;

declare const VERSION: string;

// Loaded when they are wanted: the catalogue is large, and a thread that reads logs is this program too.
const commands: Record<string, (args: string[]) => Promise<number>> = {
  analyse: async (args) => (await import("./commands/analyse.ts")).analyse(args),
  analyze: async (args) => (await import("./commands/analyse.ts")).analyse(args),
  report: async (args) => (await import("./commands/report.ts")).report(args),
  explain: async (args) => (await import("./commands/explain.ts")).explain(args),
  check: async (args) => (await import("./commands/check.ts")).check(args),
  request: async (args) => (await import("./commands/request.ts")).request(args),
  redact: async (args) => (await import("./commands/redact.ts")).redact(args),
  unknown: async (args) => (await import("./commands/unknown.ts")).unknown(args),
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
  return command(await withRules(rest));
}

/** Takes rules of the user's own out of the arguments; the catalogue is loaded for them alone. */
async function withRules(args: string[]): Promise<string[]> {
  if (!args.some((argument) => argument.startsWith("--rules"))) return args;
  return (await import("./ownRules.ts")).takeRules(args);
}

function print(text: string, code: number = exitCodes.done): number {
  (code === exitCodes.done ? process.stdout : process.stderr).write(text);
  return code;
}

/** Runs the command that the program was started with. */
function start(): void {
  guardOutput();
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
}

// The threads that read logs are started with this file too, and run no command.
if (!isOurThread) start();
