// Does SPF let this address send for the envelope sender's domain, and for the name in HELO?
import type { Address, Mail, Subject } from "../../model.ts";
import { envelopeDomain, envelopeSender, heloDomain, notEvaluated } from "../authentication.ts";
import type { SpfResult } from "../mailAuth.ts";
import { type Judgement, type Probe, type ProbeContext, type Question, shown, unanswered } from "../probe.ts";
import { faultWords, resultWords, termFor, tooWide } from "../spfWords.ts";

/** The probe of SPF; asks only for identities that are known. */
export const spfProbe: Probe = { id: "spf", plan };

/** Which of the two names SPF is asked about (RFC 7208 2.3, 2.4). */
interface Identity {
  /** "spf" is what providers mean by SPF: the envelope sender, and the HELO name where there is none (RFC 7208 2.4). */
  readonly id: "spf" | "spf-helo";
  readonly of: "sender" | "helo";
  readonly domain: string;
  /** "" evaluates the HELO name. */
  readonly sender: string;
  /** True for a HELO name beside an envelope sender: its lack of a record is no fault. */
  readonly beside: boolean;
}

function plan({ address, mail }: Subject): readonly Question[] {
  return identities(mail).map((identity) => question(identity, address));
}

function identities(mail: Mail): readonly Identity[] {
  const sender = envelopeSender(mail);
  const domain = envelopeDomain(mail);
  const helo = heloDomain(mail);
  const from =
    domain === undefined ? [] : [{ id: "spf", of: "sender", domain, sender: sender ?? "", beside: false } as const];
  if (helo === undefined || helo === domain) return from;
  const beside = sender !== "";
  return [...from, { id: beside ? "spf-helo" : "spf", of: "helo", domain: helo, sender: "", beside }];
}

function question(identity: Identity, address: Address): Question {
  const { id, of, domain, sender } = identity;
  const made =
    of === "sender"
      ? `the address ${address.text}, the sender ${shown(sender)} and the HELO name`
      : `the address ${address.text} and that name`;
  return {
    id,
    question: `Does SPF of ${domain}, ${of === "sender" ? "the envelope sender's domain" : "the name in HELO"}, let it send?`,
    what: `the SPF record of ${domain} and the names that it refers to, which can be made of ${made}`,
    whom: "the name servers of these domains",
    answer: (context) => evaluate(identity, context),
  };
}

async function evaluate(identity: Identity, context: ProbeContext): Promise<Judgement> {
  const { mailAuth, address, mail, ask } = context;
  if (mailAuth === undefined) return notEvaluated("SPF");
  const helo = identity.of === "sender" ? mail.helo : identity.domain;
  const result = await mailAuth.spf({ ip: address.text, sender: identity.sender, helo }, ask);
  return { ...judge(identity, result, address), details: details(result) };
}

function judge(identity: Identity, result: SpfResult, address: Address): Judgement {
  const { domain } = identity;
  if (result.result === "pass") return passed(identity, result);
  if (result.result === "none") return identity.beside ? withoutRecord(domain) : unpublished(domain, address);
  if (result.result === "permerror" || result.result === "temperror") return faulty(domain, result);
  return {
    verdict: "fail",
    brief: `SPF of ${domain} says ${result.result}`,
    ...resultWords(result.result, { domain, result, address }),
    link: undefined,
    turn: "you",
  };
}

function passed({ domain, of }: Identity, result: SpfResult): Judgement {
  const { matched, at } = result;
  const where = at === domain ? "" : ` in the record of ${at}`;
  const by = matched === undefined ? "" : ` It is covered by ${matched}${where}.`;
  const wide = tooWide(result);
  return {
    verdict: "pass",
    brief: `SPF passes for ${domain}${wide === undefined ? "" : `, but by ${matched}, which covers nearly every address`}`,
    answer: `SPF says pass: ${domain} names this address as one that may ${of === "sender" ? "send for it" : "use its name"}.${by}${wide === undefined ? "" : ` ${wide.answer}`}`,
    remedy: wide?.remedy,
    link: undefined,
    turn: wide === undefined ? undefined : "you",
  };
}

function withoutRecord(domain: string): Judgement {
  return {
    verdict: "not-checked",
    brief: undefined,
    answer: `The HELO name ${domain} publishes no SPF record (none), so there is nothing to compare. Receivers go by the envelope sender's domain; a record for the HELO name matters for bounces, which have no sender.`,
    remedy: undefined,
    link: undefined,
  };
}

function unpublished(domain: string, address: Address): Judgement {
  return {
    verdict: "fail",
    brief: `${domain} publishes no SPF record`,
    answer: `${domain} publishes no SPF record (none). Large providers refuse or slow down mail that neither SPF nor DKIM confirms.`,
    remedy: `Publish a TXT record at ${domain} that names every server that sends for it, this one among them: "v=spf1 ${termFor(address)} ~all".`,
    link: undefined,
    turn: "you",
  };
}

function faulty(domain: string, result: SpfResult): Judgement {
  const { fault = "library", problem = "", silence } = result;
  if (silence !== undefined) {
    const brief = silence === "cancelled" ? "SPF not checked" : `SPF of ${domain} could not be read`;
    const so = `That was the question ${problem}, so SPF of ${domain} has no result now (temperror). A receiver that meets the same may put the mail off.`;
    return unanswered(silence, { brief, so });
  }
  const { answer, remedy } = faultWords(fault, { domain, result });
  return {
    verdict: result.result === "permerror" ? "fail" : "unknown",
    brief: `SPF of ${domain} cannot be evaluated (${result.result})`,
    answer,
    remedy,
    link: undefined,
    turn: result.result === "permerror" ? "you" : undefined,
  };
}

function details({ tree, lookups, explanation, result }: SpfResult): readonly string[] {
  const { count, limit, void: empty } = lookups;
  const cost = `${count > limit ? `more than ${limit}` : count} of ${limit} look-ups, ${empty} of 2 without an answer`;
  const says = explanation === undefined ? [] : [`The domain explains a refusal so: ${shown(explanation)}`];
  return result === "none" ? [] : [...tree, cost, ...says];
}
