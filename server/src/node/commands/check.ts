// `smtp-log-lens check IP`: asks blocklists and DNS about a sending address, after the user agreed.
import { createInterface } from "node:readline/promises";
import { parseArgs } from "node:util";
import { readAddress } from "../../check/address.ts";
import { planCheck, check as runCheck } from "../../check/check.ts";
import type { Resolver } from "../../check/resolver.ts";
import type { Address, CheckPlan, Report, Row } from "../../model.ts";
import { visible } from "../../tell/markdown.ts";
import { rowText } from "../../tell/report.ts";
import { jsonLine } from "../record.ts";
import { createResolver } from "../resolver.ts";
import { exitCodes, UsageError } from "../usage.ts";

const options = {
  resolver: { type: "string", multiple: true },
  yes: { type: "boolean", default: false },
  json: { type: "boolean", default: false },
} as const;

/** Shows the plan, asks for consent, prints the rows as they come, then the verdict. */
export async function check(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options });
  const address = oneAddress(positionals);
  const resolver = resolverOf(values.resolver);
  const plan = planCheck(address, resolver);
  const agreed = plan.questions.length === 0 || values.yes || (await agrees(plan));
  if (!agreed) {
    process.stderr.write("Nothing was asked. Add --yes to agree to the questions above.\n");
    return exitCodes.unknown;
  }
  const report = await ask(address, resolver, values.json);
  process.stdout.write(values.json ? jsonLine(report) : `${report.verdict}\n`);
  return exitCode(report);
}

function oneAddress(positionals: readonly string[]): Address {
  const [text, ...more] = positionals;
  if (text === undefined || more.length > 0) throw new UsageError("Name one address: smtp-log-lens check IP.");
  const address = readAddress(text);
  if (address === undefined) throw new UsageError(`"${visible(text.slice(0, 80))}" is no IP address.`);
  return address;
}

function resolverOf(servers: string[] | undefined): Resolver {
  try {
    return createResolver({ servers });
  } catch (problem) {
    throw new UsageError(problem instanceof Error ? problem.message : String(problem));
  }
}

/** Names what goes to whom; without a terminal nobody can agree. */
async function agrees({ questions, resolver, address }: CheckPlan): Promise<boolean> {
  const rows = questions.map(({ what, whom }) => `  ${what} → ${whom}\n`).join("");
  process.stderr.write(`To check ${address.text}, these questions go out through ${resolver}:\n${rows}`);
  if (!process.stdin.isTTY) return false;
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await terminal.question("Ask now? [y/N] ");
  terminal.close();
  return /^y(?:es)?$/i.test(answer.trim());
}

async function ask(address: Address, resolver: Resolver, json: boolean): Promise<Report> {
  const abort = new AbortController();
  process.once("SIGINT", () => abort.abort());
  const onRow = (row: Row): void => {
    if (!json) process.stdout.write(`${rowText(row)}\n`);
  };
  return runCheck({ address, resolver, consent: true, signal: abort.signal, onRow, entry: undefined });
}

function exitCode({ rows, ended }: Report): number {
  if (rows.some(({ verdict }) => verdict === "listed" || verdict === "fail")) return exitCodes.failed;
  const answered = rows.some(({ verdict }) => verdict === "not-listed" || verdict === "pass");
  return ended === "complete" && answered ? exitCodes.done : exitCodes.unknown;
}
