// Who takes mail for the recipient's domain today? Providers move: the one that refused need not be the one that answers now.
import type { Subject } from "../../model.ts";
import { hostName, isPublicName } from "../names.ts";
import { type Judgement, type Probe, type ProbeContext, type Question, shown, unanswered } from "../probe.ts";
import type { DnsAnswer } from "../resolver.ts";

/** The probe of the recipient's mail servers; asks only when the recipient's domain is known. */
export const recipientProbe: Probe = { id: "recipient", plan };

function plan({ mail, refusal }: Subject): readonly Question[] {
  const domain = mail.recipientDomain === undefined ? undefined : hostName(mail.recipientDomain.trim());
  return domain === undefined || !isPublicName(domain) ? [] : [question(domain, refusal?.provider)];
}

function question(domain: string, refuser: string | undefined): Question {
  return {
    id: "mx",
    question: `Who takes mail for ${domain} today?`,
    what: `the recipient's domain ${domain}`,
    whom: "the name servers of that domain",
    answer: (context) => whoAnswers({ domain, refuser }, context),
  };
}

interface Recipient {
  readonly domain: string;
  /** The provider that refused, for a person. */
  readonly refuser: string | undefined;
}

async function whoAnswers(recipient: Recipient, context: ProbeContext): Promise<Judgement> {
  const { domain } = recipient;
  const answer = await context.ask(domain, "MX");
  if (answer.kind === "answer") return exchanged(recipient, readExchanges(answer.records), context);
  if (answer.kind === "nodata") return withoutMx(domain, context);
  if (answer.kind === "nxdomain") return takesNone(domain, `${domain} does not exist in the DNS now (NXDOMAIN).`);
  return notKnown(domain, answer);
}

function notKnown(domain: string, { kind }: DnsAnswer): Judgement {
  const silence = kind === "answer" ? "invalid" : kind;
  const brief = kind === "cancelled" ? undefined : `who takes mail for ${domain} could not be read`;
  return unanswered(silence, { brief, so: `So it is not known who takes mail for ${domain} today.` });
}

/** One MX record. */
interface Exchange {
  readonly preference: number;
  /** In small letters, without the root dot; "" is the null MX; safe text when it is no host name. */
  readonly host: string;
}

/** The lowest preference first, as senders try them (RFC 5321 5.1); unreadable records are left out. */
function readExchanges(records: readonly string[]): readonly Exchange[] {
  return records
    .flatMap((record) => {
      const [, preference, host = ""] = /^(\d{1,5}) (.*)$/s.exec(record) ?? [];
      return preference === undefined ? [] : [{ preference: Number(preference), host: hostText(host) }];
    })
    .sort((a, b) => a.preference - b.preference || (a.host < b.host ? -1 : 1));
}

function hostText(host: string): string {
  return hostName(host) ?? shown(host.replace(/\.$/, ""));
}

const mostHosts = 10;

function exchanged(recipient: Recipient, exchanges: readonly Exchange[], context: ProbeContext): Judgement {
  const { domain } = recipient;
  const real = exchanges.filter(({ host }) => host !== "");
  const [first] = real;
  if (exchanges.length === 0) return notKnown(domain, { kind: "invalid" });
  if (first === undefined) return takesNone(domain, `${domain} says that it takes no mail (a null MX, RFC 7505).`);
  const named = real.slice(0, mostHosts).map((one) => ({ ...one, operator: context.operatorOf(one.host) }));
  const operators = named.map(({ operator }) => operator).filter((operator) => operator !== undefined);
  const today = operators[0];
  const more = real.length > named.length ? [`… and ${real.length - named.length} more`] : [];
  return {
    verdict: "pass",
    brief:
      today === undefined
        ? `mail for ${domain} goes to ${first.host} today`
        : `${domain} is answered by ${today} today`,
    answer: `${today === undefined ? unknownOperator(domain, first.host) : knownOperators(domain, [...new Set(operators)])}${compared(recipient, today)}`,
    details: [...named.map(exchangeText), ...more],
    remedy: differs(recipient, today) ? oldRoute(recipient, today) : undefined,
    turn: differs(recipient, today) ? "you" : undefined,
    link: undefined,
  };
}

function exchangeText({ preference, host, operator }: Exchange & { readonly operator: string | undefined }): string {
  return `${preference} ${host}${operator === undefined ? "" : ` (${operator})`}`;
}

function knownOperators(domain: string, [first, ...others]: readonly string[]): string {
  const also = others.length === 0 ? "" : ` Among its other mail servers are some of ${others.join(" and ")}.`;
  return `Mail for ${domain} is taken by ${first} today: its rules decide now.${also}`;
}

function unknownOperator(domain: string, host: string): string {
  return `Mail for ${domain} goes to ${host} today. The catalogue does not know whose server that is.`;
}

function differs({ refuser }: Recipient, today: string | undefined): today is string {
  return refuser !== undefined && today !== undefined && refuser !== today;
}

function compared(recipient: Recipient, today: string | undefined): string {
  if (!differs(recipient, today)) return "";
  return ` The refusal reads as one of ${recipient.refuser}. Either the domain has moved since, or your server still uses an old route, or ${today} only filters for ${recipient.refuser}.`;
}

function oldRoute({ domain, refuser }: Recipient, today: string): string {
  return `Look at the date of the refusal. If it is recent, look in your server for a fixed route to ${domain} (a transport map or smarthost entry) and remove it, so that mail follows the MX records. If it is old, what ${refuser} had against the address counts no more: see what ${today} says to a new message.`;
}

// Without MX records mail goes to the domain's own address (RFC 5321 5.1).
async function withoutMx(domain: string, { ask }: ProbeContext): Promise<Judgement> {
  const answers = await Promise.all([ask(domain, "A"), ask(domain, "AAAA")]);
  if (answers.some(({ kind }) => kind === "answer")) return implicit(domain);
  const open = answers.find(({ kind }) => kind !== "nodata" && kind !== "nxdomain");
  return open === undefined
    ? takesNone(domain, `${domain} has neither MX records nor an address.`)
    : notKnown(domain, open);
}

function implicit(domain: string): Judgement {
  return {
    verdict: "pass",
    brief: `mail for ${domain} goes to ${domain} itself today`,
    answer: `${domain} has no MX records, so mail goes to the server of that name itself (RFC 5321 5.1). The catalogue does not know whose server that is.`,
    remedy: undefined,
    link: undefined,
  };
}

function takesNone(domain: string, why: string): Judgement {
  return {
    verdict: "unknown",
    brief: `${domain} takes no mail today`,
    answer: `${why} That says nothing about your address; the recipient's address is wrong or out of use.`,
    remedy: "Check the recipient's address for a slip, and ask the recipient for the current one.",
    turn: "you",
    link: undefined,
  };
}
