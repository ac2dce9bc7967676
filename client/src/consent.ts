// The consent to a check: what was agreed to, and whether it covers what would be asked now.
import type { PlanAnswer } from "../../server/src/protocol.ts";
import type { Consent } from "./panel/page/checkState.ts";

/** The setting `smtpLogLens.check.consent`. */
export type Standing = "ask" | "always" | "never";

/** Who gets something, and by which way: what the consent is remembered for. */
export interface Parties {
  readonly resolver: string;
  /** Sorted, each once. */
  readonly whom: readonly string[];
}

/** What a workspace remembers. */
export type Remembered =
  | { readonly answer: "always"; readonly parties: Parties }
  | { readonly answer: "never" }
  | undefined;

/** What the decision is made of. */
export interface ConsentFacts {
  readonly trusted: boolean;
  readonly setting: Standing;
  readonly remembered: Remembered;
}

/** Who would get something by these plans. */
export function partiesOf({ plans }: PlanAnswer): Parties {
  const whom = plans.flatMap(({ questions }) => questions.map((question) => question.whom));
  return { resolver: plans[0]?.resolver ?? "", whom: [...new Set(whom)].sort() };
}

/** Whether `parties` may be asked. A no wins over every yes. */
export function decide({ trusted, setting, remembered }: ConsentFacts, parties: Parties): Consent {
  if (!trusted) return { go: "no", by: "untrusted" };
  if (setting === "never") return { go: "no", by: "setting" };
  if (remembered?.answer === "never") return { go: "no", by: "workspace" };
  if (setting === "always") return { go: "yes", by: "setting" };
  if (remembered === undefined) return { go: "ask", changed: false };
  return covers(remembered.parties, parties) ? { go: "yes", by: "workspace" } : { go: "ask", changed: true };
}

/** True when a yes stands, for those whom it names: a check may begin without a plan on the screen. */
export function isStanding({ trusted, setting, remembered }: ConsentFacts): boolean {
  if (!trusted || setting === "never" || remembered?.answer === "never") return false;
  return setting === "always" || remembered !== undefined;
}

/** Nobody new, and by the same way. */
function covers(agreed: Parties, wanted: Parties): boolean {
  return agreed.resolver === wanted.resolver && wanted.whom.every((whom) => agreed.whom.includes(whom));
}

/** What to remember when the user says always: those that were agreed to before by the same way stay so. */
export function always(remembered: Remembered, parties: Parties): Remembered {
  const before = remembered?.answer === "always" && remembered.parties.resolver === parties.resolver;
  const whom = before ? [...remembered.parties.whom, ...parties.whom] : parties.whom;
  return {
    answer: "always",
    parties: { resolver: parties.resolver, whom: [...new Set(whom)].sort().slice(0, mostWhom) },
  };
}

const mostWhom = 1_000;

/** The setting as the editor gives it: anything unknown asks. */
export function readStanding(value: unknown): Standing {
  return value === "always" || value === "never" ? value : "ask";
}

/** What the workspace's memory holds; undefined for anything that is not ours. */
export function readRemembered(value: unknown): Remembered {
  if (!isRecord(value)) return undefined;
  if (value.answer === "never") return { answer: "never" };
  const parties = value.answer === "always" && isRecord(value.parties) ? value.parties : undefined;
  if (typeof parties?.resolver !== "string" || !Array.isArray(parties.whom)) return undefined;
  const whom = parties.whom.filter((one): one is string => typeof one === "string");
  return { answer: "always", parties: { resolver: parties.resolver, whom } };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
