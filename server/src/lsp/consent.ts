// Asks for consent by a message of the editor, for editors without the panel, and then checks the address.
import type { CancellationToken } from "vscode-languageserver";
import { reportText } from "../tell/report.ts";
import { plan, run } from "./checking.ts";
import type { Context } from "./feature.ts";

/** Names what goes to whom; asks only after the user agreed; shows the verdict as a message. */
export async function ask(context: Context, ip: string, token: CancellationToken): Promise<void> {
  const { window } = context.connection;
  const planned = plan(context, ip);
  if ("refused" in planned) return void window.showErrorMessage(planned.refused);
  if (planned.questions.length === 0)
    return void window.showInformationMessage(planned.address.explanation ?? "Nothing to ask.");
  const what = planned.questions.map(({ what, whom }) => `${what} (${whom})`).join("; ");
  const answer = await window.showInformationMessage(`Ask through ${planned.resolver}: ${what}?`, { title: "Ask now" });
  if (answer === undefined || answer === null) return;
  const report = await run(
    context,
    { id: "message", ip: planned.address.text, consent: true, entry: undefined },
    token,
  );
  window.showInformationMessage("refused" in report ? report.refused : reportText(report));
}
