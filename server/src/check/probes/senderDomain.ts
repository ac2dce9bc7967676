// Can the envelope sender's domain receive mail at all? Many providers refuse senders to whom a bounce could not go.
import type { Subject } from "../../model.ts";
import { envelopeDomain } from "../authentication.ts";
import { type Judgement, type Probe, type ProbeContext, type Question, shown, unanswered } from "../probe.ts";
import type { DnsAnswer, DnsSilence } from "../resolver.ts";

/** The probe of the envelope sender's domain; asks only when that is known. */
export const senderDomainProbe: Probe = { id: "sender-domain", plan };

function plan({ mail }: Subject): readonly Question[] {
  const domain = envelopeDomain(mail);
  return domain === undefined ? [] : [question(domain)];
}

function question(domain: string): Question {
  return {
    id: "sender-domain",
    question: `Can ${domain}, the envelope sender's domain, receive mail?`,
    what: `the envelope sender's domain ${domain}`,
    whom: "the name servers of that domain",
    answer: (context) => receives(domain, context),
  };
}

async function receives(domain: string, { ask }: ProbeContext): Promise<Judgement> {
  const exchanges = await ask(domain, "MX");
  if (exchanges.kind === "answer") return named(domain, exchanges.records);
  if (exchanges.kind === "nxdomain") return missing(domain);
  if (exchanges.kind !== "nodata") return unread(domain, exchanges.kind);
  // Without MX, mail goes to the domain's own address (RFC 5321 5.1).
  const answers = await Promise.all([ask(domain, "A"), ask(domain, "AAAA")]);
  if (answers.some(({ kind }) => kind === "answer")) return byAddress(domain);
  const open = answers.map(silenceOf).find((kind) => kind !== undefined);
  return open === undefined ? nowhere(domain) : unread(domain, open);
}

function silenceOf({ kind }: DnsAnswer): DnsSilence | undefined {
  return kind === "answer" || kind === "nxdomain" || kind === "nodata" ? undefined : kind;
}

const mostHosts = 5;

function named(domain: string, records: readonly string[]): Judgement {
  const hosts = records.map((record) => shown(record.replace(/^\d+ ?/, "").replace(/\.$/, "")));
  const real = hosts.filter((host) => host !== "");
  if (real.length === 0) return nullMx(domain);
  const more = real.length > mostHosts ? ` and ${real.length - mostHosts} more` : "";
  return {
    verdict: "pass",
    brief: undefined,
    answer: `${domain} has mail servers (MX): ${real.slice(0, mostHosts).join(", ")}${more}. So a bounce has somewhere to go.`,
    remedy: undefined,
    link: undefined,
  };
}

function byAddress(domain: string): Judgement {
  return {
    verdict: "pass",
    brief: undefined,
    answer: `${domain} has no MX record, so mail for it goes to its own address (RFC 5321 5.1). That is allowed; an MX record is clearer.`,
    remedy: undefined,
    link: undefined,
  };
}

function nullMx(domain: string): Judgement {
  return {
    verdict: "fail",
    brief: `${domain} says that it takes no mail`,
    answer: `${domain} says that it takes no mail at all (a null MX, RFC 7505). Receivers may refuse mail from a sender to whom nothing can be returned.`,
    remedy: `Send with an envelope sender whose domain takes mail, or replace the null MX of ${domain} by a mail server that takes bounces.`,
    link: undefined,
    turn: "you",
  };
}

function missing(domain: string): Judgement {
  return {
    verdict: "fail",
    brief: `the sender's domain ${domain} does not exist`,
    answer: `${domain} does not exist in the DNS (NXDOMAIN). Nearly every provider refuses a sender whose domain does not exist.`,
    remedy: `Correct the envelope sender, or if ${domain} is yours, see whether its registration has run out or its name servers lost it.`,
    link: undefined,
    turn: "you",
  };
}

function nowhere(domain: string): Judgement {
  return {
    verdict: "fail",
    brief: `${domain} cannot receive mail`,
    answer: `${domain} has neither MX nor A nor AAAA records, so nothing can be returned to it. Many providers refuse such a sender.`,
    remedy: `Give ${domain} an MX record that leads to a server which takes its bounces, or send with another envelope sender.`,
    link: undefined,
    turn: "you",
  };
}

function unread(domain: string, kind: DnsSilence): Judgement {
  const brief = kind === "cancelled" ? undefined : `whether ${domain} can receive mail could not be read`;
  return unanswered(kind, { brief, so: `So it is not known whether ${domain} can receive mail.` });
}
