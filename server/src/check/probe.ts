// What a probe is: questions about an address, each with its words for the consent and its way to an answer.
import type { Mail, Subject, Turn, Verdict } from "../model.ts";
import type { HealthContext } from "./health.ts";
import type { MailAuth } from "./mailAuth.ts";
import type { DnsSilence } from "./resolver.ts";

/** What an answer means. */
export interface Judgement {
  readonly verdict: Verdict;
  /** A clause for the verdict sentence, without capital and full stop; undefined when another row says it. */
  readonly brief: string | undefined;
  /** Plain sentences. */
  readonly answer: string;
  readonly remedy: string | undefined;
  readonly link: string | undefined;
  /** Who has to act. */
  readonly turn?: Turn | undefined;
  /** Short names of what listed it: "PBL". */
  readonly lists?: readonly string[];
  /** More for those who look closer, a line each; safe text. */
  readonly details?: readonly string[];
}

/** What a question may use. */
export interface ProbeContext extends HealthContext {
  readonly address: Subject["address"];
  readonly mail: Mail;
  /** Evaluates SPF and DMARC; undefined where that cannot run. */
  readonly mailAuth: MailAuth | undefined;
  /** The name of the mail service that owns an MX host, "Yahoo"; undefined when the catalogue does not know it. */
  readonly operatorOf: (host: string) => string | undefined;
  /** When the check began, for people: "2026-11-23T20:00Z". */
  readonly time: string;
}

/** One question about an address: one row of the report. */
export interface Question {
  /** Stable within a report: "zen.spamhaus.org", "ptr". */
  readonly id: string;
  /** What is asked, for a person. */
  readonly question: string;
  /** For the consent: what leaves the machine, and who gets it. */
  readonly what: string;
  readonly whom: string;
  answer(context: ProbeContext): Promise<Judgement>;
}

/** A kind of check. */
export interface Probe {
  readonly id: string;
  /** The questions about this subject, in the order of the report; asking begins with `answer` only. */
  plan(subject: Subject): readonly Question[];
}

/** What the absence of records is called in raw answers. */
export const silenceNames: Readonly<Record<DnsSilence, string>> = {
  nxdomain: "NXDOMAIN",
  nodata: "NODATA",
  servfail: "SERVFAIL",
  refused: "REFUSED",
  timeout: "no answer in time",
  unreachable: "no server reached",
  cancelled: "cancelled",
  invalid: "unreadable",
};

const silences: Readonly<Record<DnsSilence, string>> = {
  nxdomain: "The name does not exist (NXDOMAIN).",
  nodata: "The name exists without such a record (NODATA).",
  servfail: "The resolver could not find out (SERVFAIL).",
  refused: "The resolver refused the question (REFUSED).",
  timeout: "No answer came in time.",
  unreachable: "No DNS server could be reached.",
  cancelled: "The check was cancelled before an answer came.",
  invalid: "The answer could not be read.",
};

/** The judgement when there was no valid answer: never a finding in either direction. */
export function unanswered(
  kind: DnsSilence,
  words: { readonly brief: string | undefined; readonly so: string },
): Judgement {
  return {
    verdict: kind === "cancelled" ? "not-checked" : "unknown",
    brief: words.brief,
    answer: `${silences[kind]} ${words.so}`,
    remedy: undefined,
    link: undefined,
  };
}

/** A DNS record as safe text: strangers write them. Printable ASCII, at most 255 characters. */
export function shown(record: string): string {
  return record.slice(0, 255).replace(/[^\x20-\x7e]/g, "?");
}
