// `smtp-log-lens explain CODE`: everything that the catalogue holds about a code.
import { parseArgs } from "node:util";
import { findCode } from "../../catalogue/data.ts";
import { explain as explainEntry } from "../../tell/explain.ts";
import { visible } from "../../tell/markdown.ts";
import { pageForTerminal } from "../../tell/terminal.ts";
import { exitCodes, UsageError } from "../usage.ts";

/** Prints every entry that a code names; exit code 1 when none does. */
export async function explain(args: string[]): Promise<number> {
  const { positionals } = parseArgs({ args, allowPositionals: true, options: {} });
  const code = positionals.join(" ").trim();
  if (code === "") throw new UsageError('Name a code, such as "AUP#CXCNCT" or "421 4.7.0".');
  const found = findCode(code);
  if (found.length === 0) {
    process.stderr.write(
      `smtp-log-lens: nothing is known about "${visible(code.slice(0, 80))}". Paste the whole rejection into "smtp-log-lens analyse -" to have its reply code explained.\n`,
    );
    return exitCodes.failed;
  }
  const pages = found.map(({ entry, decoded }) => pageForTerminal(explainEntry({ entry, decoded, log: undefined })));
  process.stdout.write(pages.join("\n"));
  return exitCodes.done;
}
