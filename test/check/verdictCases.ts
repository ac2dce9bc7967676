// Plays a refusal in a log through to its verdict: the line is read, followed and checked against a literal DNS.
import { analyse } from "../../server/src/analyse.ts";
import { entryById } from "../../server/src/catalogue/data.ts";
import { operatorOf } from "../../server/src/catalogue/provider.ts";
import { readAddress } from "../../server/src/check/address.ts";
import { rowOf } from "../../server/src/check/bearing.ts";
import { chooseLists } from "../../server/src/check/lists.ts";
import { probesOf } from "../../server/src/check/probes/index.ts";
import { inquire, type Start } from "../../server/src/inquire.ts";
import type { Report, Subject } from "../../server/src/model.ts";
import { pageId } from "../../server/src/tell/pages.ts";
import { checkThrough } from "../support/check.ts";
import { type LiteralZone, literalResolver } from "../support/dns-literal.ts";

/** The sending address of every case. */
export const ip = "81.2.69.160";

const reverse = "160.69.2.81";
const zen = "zen.spamhaus.org";

/** Lists that work and hold nothing, and reverse DNS in order; `own` is put over it. */
export function dns(own: LiteralZone = {}): LiteralZone {
  return {
    [`2.0.0.127.${zen} A`]: ["127.0.0.2", "127.0.0.4", "127.0.0.10"],
    [`${reverse}.in-addr.arpa PTR`]: ["mail.example.net."],
    "mail.example.net A": [ip],
    "cox.net MX": ["10 cxr.mx.a.cloudfilter.net."],
    "example.org MX": ["10 mx.example.org."],
    ...own,
  };
}

/** ZEN lists the address with these codes. */
export function onZen(...codes: readonly string[]): LiteralZone {
  return { [`${reverse}.${zen} A`]: codes };
}

/** ZEN refuses the resolver. */
export const zenRefuses: LiteralZone = {
  [`${reverse}.${zen} A`]: ["127.255.255.254"],
  [`2.0.0.127.${zen} A`]: ["127.255.255.254"],
  [`1.0.0.127.${zen} A`]: ["127.255.255.254"],
};

/** The address has no name. */
export const noName: LiteralZone = { [`${reverse}.in-addr.arpa PTR`]: "nxdomain" };

/** The name servers of the address's network fail. */
export const nameFails: LiteralZone = { [`${reverse}.in-addr.arpa PTR`]: "servfail" };

/** No DNS server answers anything. */
export const noDns: LiteralZone = new Proxy({}, { get: () => "unreachable" });

const gateway = "cxr.mx.a.cloudfilter.net";

/** A Postfix line of 2026-11-20 with a refusal by this host. */
export function line(reply: string, { host = gateway, time = "2026-11-20T10:00:01" } = {}): string {
  const domain = host === gateway ? "cox.net" : "example.org";
  return `${time}+00:00 mx1 postfix/smtp[911]: 4VtCqB1abcz9: to=<pat@${domain}>, relay=${host}[192.0.2.8]:25, delay=1, delays=0/0/0.5/0.5, dsn=4.0.0, status=${reply.startsWith("4") ? "deferred" : "bounced"} (host ${host}[192.0.2.8] said: ${reply} (in reply to MAIL FROM command))`;
}

/** A reply of Cox's gateway with one of its tokens. */
export function cox(token: string): string {
  return `554 cmsmtp ${ip} blocked. Refer to Error Codes section at https://www.cox.com/residential/support/email-error-codes.html for more information. ${token}`;
}

/** What a check from the last refusal in these lines is about. */
export function subjectOf(...lines: readonly string[]): Subject {
  const text = `${lines.join("\n")}\n`;
  const findings = analyse(text, { fileDate: undefined, certain: true })?.findings ?? [];
  const finding = findings.at(-1);
  if (finding === undefined) throw new TypeError(`nothing is found in ${text}`);
  const page = entryById(pageId(finding.entry, finding.decoded));
  return about(page && { ...page, log: { text, findings, line: finding.delivery.line } });
}

/** What a check of the address is about without a log, from a code's page or from nothing. */
export function about(start: Start | undefined): Subject {
  const address = readAddress(ip);
  if (address === undefined) throw new TypeError(`not an address: ${ip}`);
  return inquire(address, start, {});
}

/** The report of a check with these answers of the DNS. */
export function reportOn(
  subject: Subject,
  zone: LiteralZone,
  own: { readonly signal?: AbortSignal } = {},
): Promise<Report> {
  const named = subject.refusal?.rule.named.map(rowOf) ?? [];
  const choices = Object.fromEntries(usual.map((list) => [list, false]));
  const { lists } = chooseLists({ choices, keys: {}, named });
  return checkThrough(literalResolver(zone), ip, {
    subject,
    probes: probesOf({ lists, extras: false }),
    operatorOf,
    ...own,
  });
}

/** Lists that are asked by default; here ZEN alone and what a refusal names. */
const usual = ["bl.spamcop.net", "psbl.surriel.com", "bl.mailspike.net", "list.dnswl.org"];
