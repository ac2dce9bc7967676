// `smtp-log-lens explain CODE [--log FILE…]`: everything that the catalogue holds about a code, and what logs show of it.
import { parseArgs } from "node:util";
import { findCode } from "../../catalogue/data.ts";
import { explanationPage } from "../../page.ts";
import { visible } from "../../tell/markdown.ts";
import { pageForTerminal } from "../../tell/terminal.ts";
import { measureLogs } from "../logMeasurements.ts";
import { exitCodes, UsageError } from "../usage.ts";

const options = { log: { type: "string", multiple: true } } as const;

/** Prints every entry that a code names, held against the logs; exit code 1 when none does. A log that cannot be read ends it: half the evidence misleads. */
export async function explain(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options });
  // A shell's "mail.log*" gives files behind the first one of --log.
  const words = values.log === undefined ? positionals : positionals.slice(0, 1);
  const files = values.log === undefined ? [] : [...values.log, ...positionals.slice(1)];
  const code = words.join(" ").trim();
  if (code === "") throw new UsageError('Name a code, such as "AUP#CXCNCT" or "421 4.7.0".');
  const found = findCode(code);
  if (found.length === 0) {
    process.stderr.write(
      `smtp-log-lens: nothing is known about "${visible(code.slice(0, 80))}". Paste the whole rejection into "smtp-log-lens analyse -" to have its reply code explained.\n`,
    );
    return exitCodes.failed;
  }
  const logs = files.length === 0 ? undefined : await measureLogs(files);
  const log = logs && { uri: "", findings: logs.findings, measured: () => logs.measurements };
  process.stdout.write(found.map((known) => pageForTerminal(explanationPage(known, log))).join("\n"));
  return exitCodes.done;
}
