// Small values of a check for the tests of panel and page: an address, a plan, a row, a report.
import type { CheckState } from "../../client/src/panel/page/checkState.ts";
import type { Address, AddressClass, PlannedQuestion, Refusal, Rule } from "../../server/src/model.ts";
import type { CheckPlan, Mail, Report, Row } from "../../server/src/protocol.ts";

export const noMail: Mail = {
  helo: undefined,
  sender: undefined,
  headerFrom: undefined,
  signatures: [],
  recipientDomain: undefined,
};

export function addressOf(text: string, kind: AddressClass = "public"): Address {
  const explanation = kind === "public" ? undefined : `${text} is set aside for examples.`;
  return { text, family: text.includes(":") ? 6 : 4, class: kind, explanation };
}

const rule: Rule = {
  standsFor: "a listing on Spamhaus ZEN",
  named: ["zen"],
  considered: ["ptr"],
  unseen: [],
  look: undefined,
  source: undefined,
};

type Given = Partial<Omit<Refusal, "rule">> & Partial<Rule>;

export function refusalOf({ unseen = [], ...given }: Given = {}): Refusal {
  return {
    entry: "cox/IPBL0001",
    label: "AUP#IPBL0001",
    provider: "Cox",
    time: "2026-11-20T10:00:01",
    line: 11,
    seen: undefined,
    ...given,
    rule: { ...rule, unseen },
  };
}

const questions: readonly PlannedQuestion[] = [
  { id: "spamcop", probe: "blocklist", bearing: "context", what: "the address to SpamCop", whom: "Cisco Talos" },
  { id: "zen", probe: "blocklist", bearing: "named", what: "the address to ZEN", whom: "Spamhaus" },
  { id: "ptr", probe: "reverse-dns", bearing: "considered", what: "the reverse name", whom: "its name servers" },
];

export function planOf(ip: string, refusal: Refusal | undefined = refusalOf()): CheckPlan {
  return {
    subject: { address: addressOf(ip), mail: noMail, refusal },
    questions,
    resolver: "127.0.0.1:53",
    leftOut: [],
  };
}

/** A documentation address: nothing is asked about it. */
export function quietPlan(ip: string): CheckPlan {
  const plan = planOf(ip);
  return { ...plan, questions: [], subject: { ...plan.subject, address: addressOf(ip, "documentation") } };
}

export function rowOf(id: string, given: Partial<Row> = {}): Row {
  return {
    id,
    probe: "blocklist",
    bearing: "context",
    question: `Is it on ${id}?`,
    asked: [],
    answers: [],
    answer: "",
    details: [],
    verdict: "not-listed",
    lists: [],
    ms: 1,
    age: undefined,
    resolver: "127.0.0.1:53",
    remedy: undefined,
    turn: undefined,
    link: undefined,
    ...given,
  };
}

type GivenReport = Partial<Omit<Report, "subject">> & { readonly refusal?: Refusal | undefined; readonly ip?: string };

export function reportOf({ refusal = refusalOf(), ip = "81.2.69.160", ...given }: GivenReport = {}): Report {
  return {
    subject: planOf(ip, refusal).subject,
    rows: [],
    verdict: "Explained.",
    conclusion: "explains",
    next: undefined,
    started: "2026-11-24T00:04:41.123Z",
    ended: "complete",
    ...given,
  };
}

/** A check of one address that is done. */
export function endedWith(report: Report): CheckState {
  const plan: CheckPlan = { ...planOf(report.subject.address.text), subject: report.subject };
  return {
    state: "ended",
    wish: { ips: [report.subject.address.text], typed: {}, extras: false },
    answer: { id: "p", plans: [plan] },
    consent: { go: "ask", changed: false },
    runs: [{ state: "done", rows: report.rows, report, why: undefined }],
  };
}
