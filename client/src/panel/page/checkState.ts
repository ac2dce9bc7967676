// How far the check of one or several addresses has come: the value that the panel keeps and its page draws.
import type { CheckPlan, PlanAnswer, Report, Row, TypedMail } from "../../../../server/src/protocol.ts";

/** What the reader wants checked. */
export interface Wish {
  readonly ips: readonly string[];
  readonly typed: TypedMail;
  readonly extras: boolean;
}

/** How the consent to a plan stands, and who decided. `changed`: it was given before, to a plan that asked fewer. */
export type Consent =
  | { readonly go: "ask"; readonly changed: boolean }
  | { readonly go: "yes"; readonly by: "setting" | "workspace" }
  | { readonly go: "no"; readonly by: "untrusted" | "setting" | "workspace" };

/** The check of one address. `skipped`: nothing is to be asked about it. */
export interface Run {
  readonly state: "waiting" | "running" | "done" | "stopped" | "failed" | "skipped";
  /** What has been answered so far, as it came. */
  readonly rows: readonly Row[];
  readonly report: Report | undefined;
  /** Why it failed. */
  readonly why: string | undefined;
}

/** A plan that was agreed to and what came of it; `runs[i]` is the check of `answer.plans[i]`. */
export interface Carried {
  readonly wish: Wish;
  readonly answer: PlanAnswer;
  readonly consent: Consent;
  readonly runs: readonly Run[];
}

/** How far the check has come. */
export type CheckState =
  | { readonly state: "idle" }
  | { readonly state: "planning" }
  | { readonly state: "refused"; readonly reason: string }
  | { readonly state: "failed"; readonly why: string }
  | { readonly state: "planned"; readonly wish: Wish; readonly answer: PlanAnswer; readonly consent: Consent }
  | ({ readonly state: "running" } & Carried)
  | ({ readonly state: "ended" } & Carried);

/** More addresses than this need a confirmation of their own. */
export const many = 5;

/** True when `plan` may be carried out: only public addresses are asked about. */
export function mayAsk({ subject, questions }: CheckPlan): boolean {
  return subject.address.class === "public" && questions.length > 0;
}

/** The plans of an answer that would ask something. */
export function askingPlans({ plans }: PlanAnswer): readonly CheckPlan[] {
  return plans.filter(mayAsk);
}

/** A run before its first row. */
export function freshRun(plan: CheckPlan): Run {
  return { state: mayAsk(plan) ? "waiting" : "skipped", rows: [], report: undefined, why: undefined };
}

/** The run with one more row; a row that was there is replaced. */
export function withRow(run: Run, row: Row): Run {
  return { ...run, rows: [...run.rows.filter(({ id }) => id !== row.id), row] };
}

/** The runs with the one at `index` replaced. */
export function withRun(runs: readonly Run[], index: number, run: Run): readonly Run[] {
  return runs.map((old, at) => (at === index ? run : old));
}

/** The rows of all runs that have any. */
export function rowsOf(check: CheckState): readonly Row[] {
  return check.state === "running" || check.state === "ended" ? check.runs.flatMap(rowsOfRun) : [];
}

/** True when no DNS server answered anything. */
export function isOffline({ runs }: Pick<Carried, "runs">): boolean {
  const ends = runs.map(({ report }) => report?.ended).filter((end) => end !== undefined);
  return ends.length > 0 && ends.every((end) => end === "offline");
}

/** A report's rows stand in the order of the plan, so they replace those that came one by one. */
export function rowsOfRun({ report, rows }: Run): readonly Row[] {
  return report?.rows ?? rows;
}

/** The reports that have come. */
export function reportsOf(check: CheckState): readonly Report[] {
  if (check.state !== "running" && check.state !== "ended") return [];
  return check.runs.map(({ report }) => report).filter((report) => report !== undefined);
}
