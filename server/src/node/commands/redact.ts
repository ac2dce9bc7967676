// `smtp-log-lens redact FILE…`: the text of logs with pseudonyms for people, hosts and addresses.
import { createHmac } from "node:crypto";
import { once } from "node:events";
import { parseArgs } from "node:util";
import { createRedactor, type Redactor } from "../../redacting.ts";
import { fileFault } from "../fileFault.ts";
import { openLog } from "../stream.ts";
import { exitCodes, UsageError } from "../usage.ts";

const options = { "key-env": { type: "string" } } as const;

/** What is shorter can be guessed, and with it who stands behind a pseudonym. */
const shortestKey = 16;

/** Redacts each file in turn, with one table of pseudonyms; one that cannot be read is named, and the others go on (exit code 1). */
export async function redact(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options });
  if (positionals.length === 0) throw new UsageError('Name a log file, or "-" for standard input.');
  const redactor = createRedactor(digestOf(values["key-env"]));
  let code: number = exitCodes.done;
  for (const file of positionals) {
    try {
      await print(redactor, file);
    } catch (problem) {
      process.stderr.write(`smtp-log-lens: ${fileFault(problem, file)}\n`);
      code = exitCodes.failed;
    }
  }
  if (redactor.full) process.stderr.write(`smtp-log-lens: ${fullWords}\n`);
  return code;
}

const fullWords =
  'There were more different values than are told apart: the later ones share pseudonyms such as "user-other". Redact fewer logs at once to keep them apart.';

async function print(redactor: Redactor, file: string): Promise<void> {
  for await (const chunk of openLog(file, "redact").chunks) {
    if (!process.stdout.write(redactor.redact(chunk).text)) await once(process.stdout, "drain");
  }
}

/** Secrets come from the environment only: a command line can be read by others. */
function digestOf(name: string | undefined): ((text: string) => string) | undefined {
  if (name === undefined) return undefined;
  const key = process.env[name] ?? "";
  if (key.length < shortestKey) {
    throw new UsageError(
      `Put a key of at least ${shortestKey} characters that nobody can guess into the environment variable that --key-env names.`,
    );
  }
  return (text) => createHmac("sha256", key).update(text).digest("hex");
}
