// States of a check as the page is shown them in tests: planned, running, ended, with one address or several.
import type { CheckState, Consent, Run } from "../../client/src/panel/page/checkState.ts";
import type { View } from "../../client/src/panel/page/messages.ts";
import type { CheckPlan, Report, Row } from "../../server/src/protocol.ts";
import { planOf, reportOf, rowOf } from "./values.ts";

export const ip = "81.2.69.160";
export const wish = { ips: [ip], typed: {}, extras: false };
const ask: Consent = { go: "ask", changed: false };
const origin = { page: "cox/IPBL0001", label: "AUP#IPBL0001", log: "file:///mail.log", line: 11 };

export const view: View = { state: "page", logOpen: true, page: { kind: "check", ip, origin } };

export function planned(plans: readonly CheckPlan[], consent: Consent = ask): CheckState {
  return { state: "planned", wish, answer: { id: "p1", plans }, consent };
}

/** A check of as many addresses as there are runs, each by the same plan. */
export function carried(state: "running" | "ended", runs: readonly Run[], plan = planOf(ip)): CheckState {
  return { state, wish, answer: { id: "p1", plans: runs.map(() => plan) }, consent: ask, runs };
}

export function run(state: Run["state"], rows: readonly Row[], report?: Report): Run {
  return { state, rows, report, why: undefined };
}

/** One more address than is asked about without a confirmation. */
export const many = Array.from({ length: 6 }, (_, index) => planOf(`81.2.69.${index}`));

export const listed = rowOf("zen", {
  verdict: "listed",
  lists: ["PBL"],
  asked: ["160.69.2.81.zen.spamhaus.org A"],
  answers: ["127.0.0.11"],
  remedy: "Use a relay.",
  turn: "you",
});

export const done = run("done", [listed], reportOf({ rows: [listed] }));
