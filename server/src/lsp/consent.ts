// Asks for consent by a message of the editor, for editors without the panel, and then checks the address.
import type { CancellationToken } from "vscode-languageserver";
import type { CheckPlan } from "../model.ts";
import type { PlanParams } from "../protocol.ts";
import { reportText } from "../tell/report.ts";
import { plan, run } from "./checking.ts";
import type { Context } from "./feature.ts";
import { messageText, unlinked } from "./messages.ts";

/** Names what goes to whom; asks only after the user agreed; shows the verdict and the rows as a message. */
export async function ask(
  context: Context,
  start: Pick<PlanParams, "ips" | "origin">,
  token: CancellationToken,
): Promise<void> {
  const { window } = context.connection;
  const planned = await plan(context, { ...start, typed: {}, extras: false, keys: {} });
  if ("refused" in planned) return void window.showErrorMessage(planned.refused);
  const [first] = planned.plans;
  if (first === undefined) return;
  if (first.questions.length === 0)
    return void window.showInformationMessage(first.subject.address.explanation ?? "Nothing to ask.");
  const answer = await window.showInformationMessage(consentText(first), { title: "Ask now" });
  if (answer === undefined || answer === null) return;
  const params = { id: "message", plan: planned.id, index: 0, consent: true, fresh: false } as const;
  const report = await run(context, params, token);
  window.showInformationMessage(unlinked("refused" in report ? report.refused : reportText(report)));
}

/** What is asked and why, whom, through which resolver, and what is left out. */
function consentText({ subject, questions, resolver, leftOut }: CheckPlan): string {
  const { address, refusal } = subject;
  const why = refusal === undefined ? "" : ` because of ${refusal.label}`;
  const asked = questions.map(({ what, whom }) => `${what} → ${whom}`).join("; ");
  const rest = leftOut.length === 0 ? "" : ` Not asked: ${leftOut.join(" ")}`;
  return messageText(
    `Check ${address.text}${why}? These questions go out through ${resolver}, and none before you agree: ${asked}.${rest}`,
  );
}
