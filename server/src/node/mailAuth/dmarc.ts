// Evaluates DMARC with the library: by RFC 9989, and only by the questions of the check.
import type { DMARCResult } from "mailauth";
import { dmarc as evaluate } from "mailauth/lib/dmarc/index.js";
import type { DmarcQuestion, DmarcResult } from "../../check/mailAuth.ts";
import { shown } from "../../check/probe.ts";
import type { Ask } from "../../check/resolver.ts";
import { readTags } from "../../check/tags.ts";
import { type Books, openBooks } from "./books.ts";

/** What DMARC says of a sender whose SPF and DKIM are known. */
export async function dmarc(question: DmarcQuestion, ask: Ask): Promise<DmarcResult> {
  const books = openBooks(ask);
  const { headerFrom, spfDomains, dkimDomains } = question;
  try {
    const found = await evaluate({
      headerFrom,
      spfDomains: [...spfDomains],
      dkimDomains: dkimDomains.map((domain) => ({ domain })),
      strict: true,
      resolver: books.resolve,
    });
    return found === false ? withProblem("permerror", "the From domain is no domain name") : toResult(found, books);
  } catch (problem) {
    return withProblem("temperror", problem instanceof Error ? problem.message : String(problem));
  }
}

const nothing: DmarcResult = {
  result: "none",
  at: undefined,
  record: undefined,
  policy: undefined,
  organization: undefined,
  aligned: undefined,
  testing: false,
  strict: { spf: false, dkim: false },
  problem: undefined,
  silence: undefined,
};

function withProblem(result: "permerror" | "temperror", problem: string): DmarcResult {
  return { ...nothing, result, problem: shown(problem) };
}

function toResult(found: DMARCResult, books: Books): DmarcResult {
  const result = wordOf(found.status.result);
  if (result === "none") return { ...nothing, organization: found.domain, ...discarded(books) };
  const { policyDomain, rr, domain, policy, alignment, testMode } = found;
  const failure = result === "temperror" ? books.failure() : undefined;
  return {
    result,
    at: policyDomain === undefined ? undefined : `_dmarc.${policyDomain}`,
    record: rr,
    policy: policies.find((word) => word === policy),
    organization: domain,
    aligned: alignedBy(alignment),
    testing: testMode === true,
    strict: { spf: alignment?.spf.strict === true, dkim: alignment?.dkim.strict === true },
    problem: failure && shown(`${failure.name} ${failure.type}`),
    silence: failure?.kind,
  };
}

const words = ["pass", "fail", "none", "permerror"] as const;
const policies = ["none", "quarantine", "reject"] as const;

function wordOf(result: string): DmarcResult["result"] {
  return words.find((word) => word === result) ?? "temperror";
}

// A temperror comes without it.
function alignedBy(alignment: Partial<DMARCResult["alignment"]> | undefined): DmarcResult["aligned"] {
  const { spf, dkim } = alignment ?? {};
  if (spf?.result !== undefined) return { by: "spf", domain: spf.result };
  return dkim?.result === undefined ? undefined : { by: "dkim", domain: dkim.result };
}

/** The record that was found and does not count, nearest to the domain first. */
function discarded(books: Books): Pick<DmarcResult, "at" | "record" | "problem"> {
  const [found] = books
    .texts()
    .map(({ name, records }) => ({ name, records: records.filter((text) => /^\W*v\W*=\W*dmarc/i.test(text)) }))
    .filter(({ records }) => records.length > 0);
  const [record = ""] = found?.records ?? [];
  if (found === undefined) return { at: undefined, record: undefined, problem: undefined };
  return { at: found.name, record, problem: shown(whyNot(found.records, record)) };
}

function whyNot(records: readonly string[], record: string): string {
  if (records.length > 1) return `${records.length} DMARC records stand at one name`;
  // RFC 9989 4.7: "DMARC1" counts in capitals only.
  if (!/^v[ \t]*=[ \t]*DMARC1[ \t]*(?:;|$)/i.test(record) || !record.includes("DMARC1")) {
    return 'it does not begin with "v=DMARC1;"';
  }
  return readTags(record).fault ?? "its policy (p=, sp=, np=) is none of none, quarantine and reject";
}
