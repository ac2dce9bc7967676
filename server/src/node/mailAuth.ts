// Loads the evaluation of SPF and DMARC when a check first needs it: most sessions never do.
import type { MailAuth } from "../check/mailAuth.ts";

/** The evaluation. Rejects with a sentence when the engine cannot run it. */
export async function loadMailAuth(): Promise<MailAuth> {
  try {
    const { mailAuth } = await import("./mailAuth/library.ts");
    return mailAuth;
  } catch (problem) {
    const why = problem instanceof Error ? problem.message : String(problem);
    throw new Error(`SPF and DMARC cannot be evaluated by Node ${process.versions.node}: ${why.slice(0, 200)}`);
  }
}
