// `--rules FILE` of any command: the user's own rules, used before the catalogue.
import { useOwnRules } from "../catalogue/own.ts";
import { type RulesFault, type RulesText, readRules } from "../rules/read.ts";
import { visible } from "../tell/markdown.ts";
import { readRulesFile } from "./rulesFiles.ts";
import { UsageError } from "./usage.ts";

/** Takes `--rules FILE` out of a command line and uses the rules; what is wrong in a file is said on standard error. */
export function takeRules(args: readonly string[]): string[] {
  const at = args.flatMap((arg, index) => (arg === "--rules" ? [index] : []));
  const files = at.map((index) => fileOf(args[index + 1]));
  const { rules, faults } = readRules(files);
  for (const [index, file] of files.entries()) for (const fault of faults[index] ?? []) complain(file, fault);
  useOwnRules(rules);
  return args.filter((_, index) => !at.includes(index) && !at.includes(index - 1));
}

function fileOf(path: string | undefined): RulesText {
  if (path === undefined) throw new UsageError("--rules wants the name of a file.");
  const read = readRulesFile(path);
  if (read !== undefined && "text" in read) return { name: path, ...read };
  throw new UsageError(`The file of rules ${visible(path)} ${read?.fault ?? "does not exist"}.`);
}

function complain({ name, text }: RulesText, { start, message }: RulesFault): void {
  const line = text.slice(0, start).split("\n").length;
  process.stderr.write(`smtp-log-lens: ${visible(name)}:${line}: ${visible(message)}\n`);
}
