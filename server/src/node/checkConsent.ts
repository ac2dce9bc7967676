// The consent to a check on the command line: the plan in words, and a yes that only a terminal or --yes can give.
import { once } from "node:events";
import { createInterface } from "node:readline/promises";
import type { CheckPlan } from "../model.ts";
import { bounded, visible } from "../tell/markdown.ts";

/** More addresses than these want more than a yes. */
const mostWithoutMore = 5;

/** What the user has said beforehand. */
export interface SaidBefore {
  readonly yes: boolean;
  readonly many: boolean;
}

/** True when the user agrees to these plans. Without a terminal nobody can: then the plan and the way to agree are told. */
export async function agrees(plans: readonly CheckPlan[], said: SaidBefore): Promise<boolean> {
  const asking = plans.filter(({ questions }) => questions.length > 0);
  const many = asking.length > mostWithoutMore;
  if (asking.length === 0 || (said.yes && (said.many || !many))) return true;
  process.stderr.write(planText(asking));
  const flags = many ? "--yes --many" : "--yes";
  const agreed = process.stdin.isTTY && (await answered(asking.length, many));
  if (!agreed) process.stderr.write(`Nothing was asked. Add ${flags} to agree to the questions above.\n`);
  return agreed;
}

/** What goes to whom through which resolver, for every address; and what is not asked, and why. */
function planText(plans: readonly CheckPlan[]): string {
  const leftOut = [...new Set(plans.flatMap((plan) => plan.leftOut))];
  const rest = leftOut.length === 0 ? "" : `Not asked:\n${leftOut.map((reason) => `  ${shown(reason)}\n`).join("")}`;
  return `${plans.map(onePlan).join("")}${rest}`;
}

function onePlan({ questions, resolver, subject }: CheckPlan): string {
  const rows = questions.map(({ what, whom }) => `  ${shown(what)} → ${shown(whom)}\n`).join("");
  return `To check ${subject.address.text}, these questions go out through ${shown(resolver)}:\n${rows}`;
}

async function answered(addresses: number, many: boolean): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const question = many
    ? `These are ${addresses} addresses. Type ${addresses} to ask about all of them: `
    : "Ask now? [y/N] ";
  // Ctrl+C and Ctrl+D close the terminal without an answer.
  const closed = once(terminal, "close").then(() => "");
  const answer = await Promise.race([terminal.question(question).catch(() => ""), closed]);
  terminal.close();
  return many ? answer.trim() === String(addresses) : /^y(?:es)?$/i.test(answer.trim());
}

function shown(text: string): string {
  return visible(bounded(text));
}
