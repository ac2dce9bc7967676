// The table of verdicts: what each refusal comes to with these answers of the DNS, word for word.
import { entryById } from "../../server/src/catalogue/data.ts";
import type { Conclusion, Entry, Subject } from "../../server/src/model.ts";
import type { LiteralZone } from "../support/dns-literal.ts";
import { about, cox, dns, line, nameFails, noDns, noName, onZen, subjectOf, zenRefuses } from "./verdictCases.ts";

const both = "Refused at 2026-11-20 10:00:01 UTC (log time), checked at 2026-11-23T12:00Z";
const isNow = `${both}: what is so now need not have been so then.`;
const isNotNow = `${both}: what is not so now may have been so then.`;
const unsure = `${both}: the state now need not be the state then.`;
const pbl =
  "Listed on the Spamhaus PBL (127.0.0.11): Spamhaus assumes an end-user range that should not send mail directly, which is no accusation.";
const xbl =
  "Listed on the Spamhaus XBL (127.0.0.4): something behind this address behaves like malware or an open proxy.";
const inOrder = "reverse DNS is mail.example.net; the name leads back to the address.";
const limit =
  "AUP#CXCNCT stands, in Cox's own words, for too many connections at once from one IP; no look-up shows how many connections were open.";
/** What AUP#IPBL0001 stands for. */
export const onList = "AUP#IPBL0001 stands, in Cox's own words, for a listing of the IP on Spamhaus ZEN";
const failing = "AUP#CXDNS stands, in Cox's own words, for a reverse look-up of the IP that fails";

/** A refusal, the DNS of the moment, and what comes of both. */
export interface Case {
  readonly says: string;
  readonly of: Subject;
  readonly zone: LiteralZone;
  readonly conclusion: Conclusion | undefined;
  readonly verdict: string;
  readonly next: RegExp | undefined;
}

/** Refusals by Cox, Gmail and unknown servers; addresses alone. */
export const cases: readonly Case[] = [
  {
    says: "IPBL0001 with an address on the PBL is explained",
    of: subjectOf(line(cox("AUP#IPBL0001"))),
    zone: dns(onZen("127.0.0.11")),
    conclusion: "explains",
    verdict: `Explained: ${onList}, and the answers agree. ${pbl} ${isNow}`,
    next: /^First choice: send through a relay/,
  },
  {
    says: "CXCNCT with an address that ZEN does not list is not refuted: the connections are what counts",
    of: subjectOf(line(cox("AUP#CXCNCT"))),
    zone: dns(),
    conclusion: "cannot-be-checked",
    verdict: `Cannot be checked: ${limit} The answers do not refute it: not on Spamhaus ZEN; ${inOrder} ${unsure}`,
    next: /^Count the simultaneous connections and the messages per connection to Cox in the log first/,
  },
  {
    says: "CXCNCT with an address on the PBL is consistent, and the connections come first",
    of: subjectOf(line(cox("AUP#CXCNCT"))),
    zone: dns(onZen("127.0.0.11")),
    conclusion: "consistent",
    verdict: `Consistent with the refusal, but no proof: ${limit} ${pbl} ${isNow}`,
    next: /^Count the simultaneous connections .* for a listing alone Cox has codes of its own, AUP#IPBL\.$/,
  },
  {
    says: "CXCNCT says nothing by a list that refuses the resolver",
    of: subjectOf(line(cox("AUP#CXCNCT"))),
    zone: dns({ ...zenRefuses, ...nameFails }),
    conclusion: "cannot-be-checked",
    verdict: `Cannot be checked: ${limit} Spamhaus ZEN refuses this resolver, so it is not known whether the address is listed; reverse DNS could not be read. ${unsure}`,
    next: /^Count the simultaneous connections/,
  },
  {
    says: "IPBL0001 with an address that ZEN does not list is not explained, and that can mean three things",
    of: subjectOf(line(cox("AUP#IPBL0001"))),
    zone: dns(),
    conclusion: "not-explained",
    verdict: `Not explained: ${onList}, and the answers do not show it. Not on Spamhaus ZEN. It may have been put right since, Cox may have had an older answer, or the cause is another one. ${isNotNow}`,
    next: /^Look the IP up on the own page of each list/,
  },
  {
    says: "IPBL0001 with a list that refuses the resolver cannot be checked, and a key of the list helps",
    of: subjectOf(line(cox("AUP#IPBL0001"))),
    zone: dns(zenRefuses),
    conclusion: "cannot-be-checked",
    verdict: `Cannot be checked: ${onList}. Spamhaus ZEN refuses this resolver, so it is not known whether the address is listed. ${unsure}`,
    next: /free key of the Spamhaus Data Query Service/,
  },
  {
    says: "CXDNS with an address without a name is explained",
    of: subjectOf(line(cox("AUP#CXDNS"))),
    zone: dns(noName),
    conclusion: "explains",
    verdict: `Explained: ${failing}, and the answers agree. Reverse DNS missing. ${isNow}`,
    next: /set its reverse DNS \(PTR\)/,
  },
  {
    says: "CXDNS with a reverse zone that fails cannot be checked: SERVFAIL is not a missing name",
    of: subjectOf(line(cox("AUP#CXDNS"))),
    zone: dns(nameFails),
    conclusion: "cannot-be-checked",
    verdict: `Cannot be checked: ${failing}. Reverse DNS could not be read. ${unsure}`,
    next: /^Ask again in a few minutes/,
  },
  {
    says: "CXDNS with reverse DNS in order is not explained",
    of: subjectOf(line(cox("AUP#CXDNS"))),
    zone: dns(onZen("127.0.0.4")),
    conclusion: "not-explained",
    verdict: `Not explained: ${failing}, and the answers do not show it. ${inOrder.replace("r", "R")} Listed beside that on Spamhaus ZEN (XBL), which AUP#CXDNS does not name. It may have been put right since, Cox may have had an older answer, or the cause is another one. ${isNotNow}`,
    next: /^Make sure which address really connects to Cox/,
  },
  {
    says: "IPBL0100 cannot be checked: only the list's own page tells",
    of: subjectOf(line(cox("AUP#IPBL0100"))),
    zone: dns(onZen("127.0.0.4")),
    conclusion: "cannot-be-checked",
    verdict: `Cannot be checked: AUP#IPBL0100 stands, in Cox's own words, for a listing of the IP on Invaluement ivmSIP; only the list's own page tells whether Invaluement ivmSIP holds the IP (https://www.invaluement.com/). Listed beside that on Spamhaus ZEN (XBL), which AUP#IPBL0100 does not name. ${unsure}`,
    next: /^Look the IP up on the own page/,
  },
  {
    says: "IPBL0011 with one list silent on the address and the other not asked cannot be fully checked",
    of: subjectOf(line(cox("AUP#IPBL0011"))),
    zone: dns(),
    conclusion: "cannot-be-checked",
    verdict: `Cannot be fully checked: AUP#IPBL0011 stands, in Cox's own words, for a listing of the IP on Spamhaus ZEN and Return Path. Not on Spamhaus ZEN; the Validity blocklist (once Return Path) was not asked. ${unsure}`,
    next: /^Look the address up at the Validity blocklist \(once Return Path\) itself: https:\/\/\S+$/,
  },
  {
    says: "IPBL0101 with ZEN listing the address is explained in part: the list without DNS tells on its own page only",
    of: subjectOf(line(cox("AUP#IPBL0101"))),
    zone: dns(onZen("127.0.0.4")),
    conclusion: "explains",
    verdict: `Explained: AUP#IPBL0101 stands, in Cox's own words, for a listing of the IP on Spamhaus ZEN and Invaluement ivmSIP, and the answers agree in part. ${xbl.slice(0, -1)}; only the list's own page tells whether Invaluement ivmSIP holds the IP (https://www.invaluement.com/). ${isNow}`,
    next: /^Find the infected or misused machine first/,
  },
  {
    says: "IPBL0011 with ZEN listing the address is explained in part when the other list was not asked",
    of: subjectOf(line(cox("AUP#IPBL0011"))),
    zone: dns(onZen("127.0.0.4")),
    conclusion: "explains",
    verdict: `Explained: AUP#IPBL0011 stands, in Cox's own words, for a listing of the IP on Spamhaus ZEN and Return Path, and the answers agree in part. ${xbl.slice(0, -1)}; the Validity blocklist (once Return Path) was not asked. ${isNow}`,
    next: /^Find the infected or misused machine first/,
  },
  {
    says: "CXBL with an address on the PBL alone is no spam source: a private block cannot be checked",
    of: subjectOf(line(cox("AUP#CXBL"))),
    zone: dns(onZen("127.0.0.10")),
    conclusion: "cannot-be-checked",
    verdict: `Cannot be checked: AUP#CXBL stands, in Cox's own words, for a private block of an IP that looked like a source of spam; no look-up shows whether Cox's own list holds the IP. Listed beside that on Spamhaus ZEN (PBL), which AUP#CXBL does not name. ${unsure}`,
    next: /^Find and stop the cause, then ask Cox to lift the block/,
  },
  {
    says: "CXBL with an address on the XBL is consistent",
    of: subjectOf(line(cox("AUP#CXBL"))),
    zone: dns(onZen("127.0.0.4")),
    conclusion: "consistent",
    verdict: `Consistent with the refusal, but no proof: AUP#CXBL stands, in Cox's own words, for a private block of an IP that looked like a source of spam; no look-up shows whether Cox's own list holds the IP. ${xbl} ${isNow}`,
    next: /^Find and stop the cause/,
  },
  {
    says: "CXSNDR without a known sender asks for what the log does not tell",
    of: subjectOf(line(cox("AUP#CXSNDR"))),
    zone: dns(),
    conclusion: "cannot-be-checked",
    verdict: `Cannot be checked: AUP#CXSNDR stands, in Cox's own words, for a message that did not pass SPF or DKIM for the sender's domain; no look-up shows whether the message's own DKIM signature verified. SPF, the DKIM key and the sender's domain were not asked. ${unsure}`,
    next: /^Check again and type what the log does not tell: the envelope sender and the selector and domain of the DKIM signature\.$/,
  },
  {
    says: "a refusal that names ZEN in its own words is explained by ZEN, whoever refused",
    of: subjectOf(
      line(
        "554 5.7.1 Service unavailable; Client host [81.2.69.160] blocked using zen.spamhaus.org; https://www.spamhaus.org/query/ip/81.2.69.160",
        { host: "mx.example.org" },
      ),
    ),
    zone: dns(onZen("127.0.0.4")),
    conclusion: "explains",
    verdict: `Explained: the refusal itself (zen.spamhaus.org) tells of a listing on Spamhaus ZEN, and the answers agree. ${xbl} ${isNow}`,
    next: /^Find the infected or misused machine first/,
  },
  {
    says: "a refusal by a list that is gone cannot be checked, and whoever refused should hear of it",
    of: subjectOf(
      line("554 5.7.1 Client host [81.2.69.160] blocked using dnsbl.sorbs.net", { host: "mx.example.org" }),
    ),
    zone: dns(),
    conclusion: "cannot-be-checked",
    verdict: `Cannot be checked: the refusal itself (dnsbl.sorbs.net) tells of a listing on SORBS, a list that nobody should ask any more; no look-up shows whether SORBS holds the IP. ${unsure}`,
    next: /^Tell whoever refused to stop asking SORBS\. SORBS was closed/,
  },
  {
    says: "Gmail's 5.7.25 with an address without a name is explained in Gmail's own words",
    of: subjectOf(
      line("550-5.7.25 [81.2.69.160] The IP address sending this message does not have a PTR record - gsmtp", {
        host: "gmail-smtp-in.l.google.com",
      }),
    ),
    zone: dns(noName),
    conclusion: "explains",
    verdict: `Explained: 550 5.7.25 stands, in Gmail's own words, for a PTR record that is missing or does not lead back, and the answers agree. Reverse DNS missing. ${isNow}`,
    next: /set its reverse DNS \(PTR\)/,
  },
  {
    says: "a 5.7.25 of an unknown provider with an address without a name is explained by the standard's word",
    of: subjectOf(line("550 5.7.25 no reverse name for 81.2.69.160", { host: "mx.example.org" })),
    zone: dns(noName),
    conclusion: "explains",
    verdict: `Explained: 550 5.7.25 stands, by RFC 7372, for reverse DNS of the IP that is missing or does not lead back, and the answers agree. Reverse DNS missing. ${isNow}`,
    next: /set its reverse DNS \(PTR\)/,
  },
  {
    says: "a 5.7.1 of an unknown provider with a listed address is consistent, and the listing comes first",
    of: subjectOf(line("550 5.7.1 refused by policy", { host: "mx.example.org" })),
    zone: dns(onZen("127.0.0.4")),
    conclusion: "consistent",
    verdict: `Consistent with the refusal, but no proof: 550 5.7.1 stands, as far as real replies tell, for a rule of the recipient's own server; no look-up shows which rule it is. ${xbl} ${isNow}`,
    next: /^Find the infected or misused machine first/,
  },
  {
    says: "of a word that no entry knows the number beside it is what the standard explains",
    of: subjectOf(
      line("550 5.7.1 Unfortunately, messages from [81.2.69.160] weren't sent (S9999).", { host: "mx.example.org" }),
    ),
    zone: dns(onZen("127.0.0.4")),
    conclusion: "consistent",
    verdict: `Consistent with the refusal, but no proof: 550 5.7.1 stands, by RFC 3463, for a refusal by a rule; no look-up shows which of the receiver's rules is meant. ${xbl} ${isNow}`,
    next: /^Find the infected or misused machine first/,
  },
  {
    says: "a 5.7.1 of Gmail does not go with a listing, for Gmail asks no public list",
    of: subjectOf(line("550 5.7.1 refused - gsmtp", { host: "gmail-smtp-in.l.google.com" })),
    zone: dns(onZen("127.0.0.4")),
    conclusion: "cannot-be-checked",
    verdict: `Cannot be checked: 550 5.7.1 stands, by RFC 3463, for a refusal by a rule; no look-up shows which of the receiver's rules is meant. The answers do not refute it: ${inOrder} Listed beside that on Spamhaus ZEN (XBL), which 550 5.7.1 does not name. ${unsure}`,
    next: /^Read the reply's own words/,
  },
  {
    says: "a mailbox that does not exist has nothing to do with the address",
    of: subjectOf(line("550 5.1.1 <pat@example.org> unknown", { host: "mx.example.org" })),
    zone: dns(),
    conclusion: "cannot-be-checked",
    verdict: `Cannot be checked: 550 5.1.1 stands for "No such mailbox", and no look-up bears on that. ${unsure}`,
    next: undefined,
  },
  {
    says: "a code without a line in a log has no time of its own",
    of: about({ entry: entryOf("cox/CXDNS"), decoded: undefined, log: undefined }),
    zone: dns(noName),
    conclusion: "explains",
    verdict: `Explained: ${failing}, and the answers agree. Reverse DNS missing. Checked at 2026-11-23T12:00Z.`,
    next: /set its reverse DNS/,
  },
  {
    says: "an address alone on a list is told with its remedy, and there is no conclusion",
    of: about(undefined),
    zone: dns(onZen("127.0.0.11")),
    conclusion: undefined,
    verdict: `${pbl.slice(0, -1)}; ${inOrder} Checked at 2026-11-23T12:00Z.`,
    next: /^First choice: send through a relay/,
  },
  {
    says: "an address alone that nothing was found against may still be blocked elsewhere",
    of: about(undefined),
    zone: dns(),
    conclusion: undefined,
    verdict: `Not on Spamhaus ZEN; ${inOrder} Checked at 2026-11-23T12:00Z. That does not rule out another list, a provider's own block, its limits, or an entry at another time.`,
    next: undefined,
  },
  {
    says: "without any DNS nothing is known, and the log's own explanation stays true",
    of: subjectOf(line(cox("AUP#IPBL0001"))),
    zone: noDns,
    conclusion: "cannot-be-checked",
    verdict:
      "No DNS server answered at 2026-11-23T12:00Z (asked: literal), so nothing is known about the address; what the log itself says of the refusal stays true. Look at this machine's network, or set another resolver.",
    next: undefined,
  },
];

function entryOf(id: string): Entry {
  const entry = entryById(id)?.entry;
  if (entry === undefined) throw new TypeError(`no entry ${id}`);
  return entry;
}
