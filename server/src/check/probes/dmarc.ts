// Does DMARC hold for the From domain: is there a policy, and does SPF or a known DKIM signature align with it?
import type { Mail, Subject } from "../../model.ts";
import {
  authorDomain,
  envelopeDomain,
  envelopeSender,
  heloDomain,
  notEvaluated,
  publicDomain,
} from "../authentication.ts";
import type { DmarcResult, MailAuth, SpfResult } from "../mailAuth.ts";
import { type Judgement, type Probe, type ProbeContext, type Question, shown, unanswered } from "../probe.ts";

/** The probe of DMARC; asks only when the From domain, or the envelope sender's, is known. */
export const dmarcProbe: Probe = { id: "dmarc", plan };

interface Author {
  readonly domain: string;
  /** True when the envelope sender's domain stands for the From domain, which is not known. */
  readonly assumed: boolean;
}

function plan({ mail }: Subject): readonly Question[] {
  const author = authorDomain(mail);
  return author === undefined ? [] : [question(author, mail)];
}

function question(author: Author, mail: Mail): Question {
  const { domain, assumed } = author;
  const spf = spfDomain(mail);
  const signers = signingDomains(mail);
  const others = [...new Set([spf, ...signers])].filter((one) => one !== undefined && one !== domain);
  const aligned = others.length === 0 ? "" : `, the same for ${others.join(" and ")}`;
  const also = spf === undefined ? "" : `, and the SPF record of ${spf} with the names that it refers to`;
  return {
    id: "dmarc",
    question: `Does DMARC hold for ${domain}, ${assumed ? "taken from the envelope sender for the From header" : "the From header's domain"}?`,
    what: `the DMARC records of ${domain} and of the domains above it${aligned}${also}`,
    whom: "the name servers of these domains, up to those of the top-level domain",
    answer: (context) => evaluate(author, context),
  };
}

/** The domain that SPF can confirm: a null sender stands for the HELO name (RFC 7208 2.4). */
function spfDomain(mail: Mail): string | undefined {
  return mail.sender === "" ? heloDomain(mail) : envelopeDomain(mail);
}

const mostSigners = 5;

function signingDomains(mail: Mail): readonly string[] {
  const domains = mail.signatures.map(({ domain }) => publicDomain(domain)).filter((domain) => domain !== undefined);
  return [...new Set(domains)].slice(0, mostSigners);
}

/** What the judgement is made of. */
interface Evidence {
  readonly author: Author;
  readonly found: DmarcResult;
  /** Undefined when no sender is known. */
  readonly spf: SpfResult | undefined;
  readonly signers: readonly string[];
}

async function evaluate(author: Author, context: ProbeContext): Promise<Judgement> {
  const { mailAuth, mail, ask } = context;
  if (mailAuth === undefined) return notEvaluated("DMARC");
  const spf = await spfOf(mailAuth, context);
  const signers = signingDomains(mail);
  const spfDomains = spf?.result === "pass" ? [spf.domain] : [];
  const found = await mailAuth.dmarc({ headerFrom: author.domain, spfDomains, dkimDomains: signers }, ask);
  const evidence = { author, found, spf, signers };
  const { answer, ...judgement } = judge(evidence);
  return { ...judgement, answer: `${answer}${assumption(author)}`, details: details(evidence) };
}

async function spfOf(mailAuth: MailAuth, { mail, address, ask }: ProbeContext): Promise<SpfResult | undefined> {
  if (spfDomain(mail) === undefined) return undefined;
  return mailAuth.spf({ ip: address.text, sender: envelopeSender(mail), helo: mail.helo }, ask);
}

function assumption({ domain, assumed }: Author): string {
  return assumed
    ? ` The From header is not known; this holds if its domain is ${domain}, as that of the envelope sender is.`
    : "";
}

function judge(evidence: Evidence): Judgement {
  const { found, author, spf, signers } = evidence;
  if (found.silence !== undefined) return unread(author.domain, found);
  if (found.result === "temperror" || found.result === "permerror") return outOfOrder(author.domain, found);
  if (found.result === "none")
    return found.record === undefined ? unpublished(author.domain) : discarded(author.domain, found);
  if (found.aligned !== undefined) return aligned(evidence, found.aligned);
  if (spf?.result === "temperror") return undecided(evidence, "SPF could not be read");
  if (signers.length === 0) return undecided(evidence, "no DKIM signature of it is known");
  return spf === undefined ? undecided(evidence, "the envelope sender is not known") : unaligned(evidence);
}

function unread(domain: string, { silence = "invalid", problem = "" }: DmarcResult): Judgement {
  const brief = silence === "cancelled" ? "DMARC not checked" : `DMARC of ${domain} could not be read`;
  const so = `That was the question ${problem}, so DMARC of ${domain} has no result now (temperror).`;
  return unanswered(silence, { brief, so });
}

function outOfOrder(domain: string, { problem = "no more is known" }: DmarcResult): Judgement {
  return {
    verdict: "unknown",
    brief: `DMARC of ${domain} could not be evaluated`,
    answer: `DMARC of ${domain} could not be evaluated: ${problem}.`,
    remedy: undefined,
    link: undefined,
  };
}

function unpublished(domain: string): Judgement {
  return {
    verdict: "fail",
    brief: `${domain} has no DMARC record`,
    answer: `Neither ${domain} nor a domain above it publishes a DMARC record. Large providers require one of those who send them much mail.`,
    remedy: `Publish a TXT record at _dmarc.${domain}; to begin with, "v=DMARC1; p=none; rua=mailto:ADDRESS" only collects reports at an address of yours.`,
    link: undefined,
    turn: "you",
  };
}

function discarded(domain: string, { at = "", problem = "" }: DmarcResult): Judgement {
  return {
    verdict: "fail",
    brief: `the DMARC record of ${domain} does not count`,
    answer: `The record at ${shown(at)} does not count: ${problem}. So ${domain} is without DMARC.`,
    remedy: `Leave just one record at ${shown(at)}, one that begins with v=DMARC1 and has p=none, p=quarantine or p=reject.`,
    link: undefined,
    turn: "you",
  };
}

function aligned({ author, found }: Evidence, { by, domain }: NonNullable<DmarcResult["aligned"]>): Judgement {
  const { policy = "none" } = found;
  const how =
    by === "spf"
      ? `SPF passes for ${shown(domain)}, which is aligned with it.`
      : `The signature of ${shown(domain)} is aligned with it, if that signature verifies; that cannot be seen from here, a log does not hold the message.`;
  return {
    verdict: "pass",
    brief: `DMARC of ${author.domain} passes by ${by === "spf" ? "SPF" : "DKIM, if the signature verifies"}`,
    answer: `DMARC of ${author.domain} (policy ${policy}) passes: ${how}`,
    remedy: undefined,
    link: undefined,
  };
}

function undecided({ author, found, spf }: Evidence, why: string): Judgement {
  const { domain } = author;
  return {
    verdict: "unknown",
    brief: `whether DMARC of ${domain} passes is not known: ${why}`,
    answer: `${policyText(domain, found)} Whether this mail passes is not known: ${why}.${spfText(spf, domain)}`,
    remedy:
      spf?.result === "temperror"
        ? undefined
        : "Check again with the mail's envelope sender, and with the selector and the domain of its DKIM signature.",
    link: undefined,
  };
}

function unaligned({ author, found, spf, signers }: Evidence): Judgement {
  const { domain } = author;
  const exact = found.strict.dkim;
  const known = ` The known signatures are of ${signers.join(", ")}, not aligned with ${domain}${exact ? ", which must be matched exactly" : ""}.`;
  return {
    verdict: "fail",
    brief: `DMARC of ${domain} (policy ${found.policy ?? "none"}) fails: nothing is aligned`,
    answer: `${policyText(domain, found)}${spfText(spf, domain)}${known}`,
    remedy: `Sign with DKIM as ${exact ? domain : `${domain} or its organizational domain`}, or use an envelope sender of that domain and have its SPF record name this address.`,
    link: undefined,
    turn: "you",
  };
}

const policies = {
  none: "asks receivers to do nothing about mail that fails, though providers that require DMARC refuse it all the same",
  quarantine: "asks receivers to treat mail that fails as suspicious",
  reject: "asks receivers to refuse mail that fails",
};

function policyText(domain: string, { policy = "none", testing }: DmarcResult): string {
  return `The policy for ${domain} is ${policy}${testing ? " (one level below the published one, as t=y wishes)" : ""}: it ${policies[policy]}.`;
}

function spfText(spf: SpfResult | undefined, domain: string): string {
  if (spf === undefined) return "";
  return spf.result === "pass"
    ? ` SPF passes for ${spf.domain}, which is not aligned with ${domain}.`
    : ` SPF does not pass (${spf.result} for ${spf.domain}).`;
}

function details({ found, spf, signers }: Evidence): readonly string[] {
  const { at, record, organization, strict } = found;
  return [
    ...(record === undefined ? [] : [`${shown(at ?? "")}: ${shown(record)}`]),
    ...(organization === undefined ? [] : [`organizational domain: ${shown(organization)}`]),
    ...(spf === undefined
      ? []
      : [`SPF: ${spf.result} for ${spf.domain}${strict.spf ? ", must be the same domain" : ""}`]),
    ...(signers.length === 0
      ? []
      : [`DKIM: signed by ${signers.join(", ")}${strict.dkim ? ", must be the same domain" : ""}`]),
  ];
}
