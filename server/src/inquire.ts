// The joint of findings, catalogue and check: what a refusal gives to the check of an address, and what a person typed instead.
import { own } from "./catalogue/own.ts";
import { providerName } from "./catalogue/provider.ts";
import { ruleOf } from "./catalogue/rule.ts";
import { readAddress } from "./check/address.ts";
import type { Address, Decoded, Entry, Finding, Mail, Refusal, Signature, Subject } from "./model.ts";
import type { TypedMail } from "./protocol.ts";
import { pageId } from "./tell/pages.ts";
import { entryLabel, shortLabel } from "./tell/words.ts";
import { follow } from "./trace/follow.ts";
import { domainOf, heloIn, senderIn, signatureOf } from "./trace/valid.ts";

/** The log that a check starts from. */
export interface Surroundings {
  readonly text: string;
  readonly findings: readonly Finding[];
  /** The line of the refusal, from 0; undefined: the last one with its code and address. */
  readonly line: number | undefined;
}

/** Where a check starts: what refused, and the log it stands in. */
export interface Start {
  readonly entry: Entry;
  readonly decoded: Decoded | undefined;
  readonly log: Surroundings | undefined;
}

/** What a check of `address` is about: the refusal and its mail as the log tells them, with what was typed put over it. */
export function inquire(address: Address, start: Start | undefined, typed: TypedMail): Subject {
  if (start === undefined) return { address, mail: withTyped(nothing, typed), refusal: undefined };
  const evidence = evidenceOf(start, address);
  const mail = evidence.finding === undefined ? nothing : follow(start.log?.text ?? "", evidence.finding.delivery);
  return { address, mail: withTyped(mail, typed), refusal: refusalOf(start, evidence) };
}

const nothing: Mail = {
  helo: undefined,
  sender: undefined,
  headerFrom: undefined,
  signatures: [],
  recipientDomain: undefined,
};

/** The finding that a check starts from, and how often the log holds its like. */
interface Evidence {
  readonly finding: Finding | undefined;
  readonly seen: Refusal["seen"];
}

/**
 * The line that was pointed at, if it can be about this address; else the last refusal that names the address; else that
 * line all the same, for a person may put the true address in place of one that the log shows; else the last that names none.
 */
function evidenceOf(start: Start, address: Address): Evidence {
  const like = start.log?.findings.filter((finding) => isOf(start, finding)) ?? [];
  const pointed = like.find(({ delivery }) => delivery.line === start.log?.line);
  const same = sameAs(address);
  const near = pointed?.delivery.sourceIp === undefined || same(pointed.delivery.sourceIp) ? pointed : undefined;
  const named = like.findLast(({ delivery }) => delivery.sourceIp !== undefined && same(delivery.sourceIp));
  const finding = near ?? named ?? pointed ?? like.findLast(({ delivery }) => delivery.sourceIp === undefined);
  const replaced = finding !== undefined && finding === pointed && near === undefined;
  const shown = replaced ? readAddress(finding.delivery.sourceIp ?? "") : undefined;
  return { finding, seen: finding && seenLike(like, finding, shown === undefined ? same : sameAs(shown)) };
}

function isOf({ entry, decoded }: Start, finding: Finding): boolean {
  return finding.entry.id === entry.id && finding.decoded?.bits === decoded?.bits;
}

/** Whether a log's text is this address; IPv4 has one form only, the forms of IPv6 are remembered. */
export function sameAs(address: Address): (text: string) => boolean {
  const known = new Map<string, boolean>();
  return (text) => {
    if (text === address.text) return true;
    if (!text.includes(":")) return false;
    const same = known.get(text) ?? readAddress(text)?.text === address.text;
    if (known.size < mostForms) known.set(text, same);
    return same;
  };
}

const mostForms = 1000;

// Where others refused us, a line without an address is about this server too; an unnamed client of ours may be anyone.
function seenLike(like: readonly Finding[], finding: Finding, same: (text: string) => boolean): Refusal["seen"] {
  const { direction } = finding.delivery;
  let [count, first, last]: [number, string | undefined, string | undefined] = [0, undefined, undefined];
  for (const one of like) {
    if (!sameWords(one, finding)) continue;
    const { sourceIp, time, direction: own } = one.delivery;
    const counts = sourceIp === undefined ? direction === "they-refused-us" : same(sourceIp);
    if (one !== finding && !(own === direction && counts)) continue;
    count++;
    first ??= time;
    last = time ?? last;
  }
  return { count, first, last };
}

/** A number of the standard says little: what the replies call themselves, a list or a code of the receiver's, must be the same too. */
function sameWords(one: Finding, { entry, delivery }: Finding): boolean {
  return !isGeneral(entry) || one.delivery.reply?.token === delivery.reply?.token;
}

function refusalOf({ entry, decoded }: Start, { finding, seen }: Evidence): Refusal {
  return {
    entry: pageId(entry, decoded),
    label: finding === undefined ? entryLabel(entry, decoded?.bits) : shortLabel(finding),
    spokenOf: finding && numberBeside(finding),
    provider: receiver(entry, finding),
    time: finding?.delivery.time,
    line: finding?.delivery.line,
    seen,
    rule: ruleOf({ entry, decoded, provider: finding?.provider, words: finding?.delivery.words }),
  };
}

/** Of the standard, of a mail server, or a wording of many: no provider's own. */
function isGeneral({ provider }: Entry): boolean {
  return provider === "standard" || provider === "server" || provider === "wording";
}

/** "550 5.7.1" of a reply that calls itself S3150 when all that is known is what 5.7.1 stands for. */
function numberBeside({ entry, delivery: { reply } }: Finding): string | undefined {
  if (!isGeneral(entry) || entry.provider === "wording" || reply?.token === undefined) return undefined;
  return [reply.code, reply.enhanced].filter((part) => part !== undefined).join(" ") || entry.code;
}

/** A code of the standard, and one that only the user has a row for, is said by whoever answered. */
function receiver(entry: Entry, finding: Finding | undefined): string | undefined {
  if (!isGeneral(entry) && entry.provider !== own) return entry.providerName;
  return finding?.provider === undefined ? undefined : providerName(finding.provider);
}

// What was typed stands even when it is of no use: the log's value would not be what the person asked about.
function withTyped(mail: Mail, typed: TypedMail): Mail {
  const [helo, headerFrom, recipient] = [typed.helo, typed.headerFrom, typed.recipientDomain].map(given);
  const from = headerFrom === undefined ? mail.headerFrom : domainOf(headerFrom);
  const sender = given(typed.sender) === undefined ? mail.sender : typedSender(typed.sender ?? "");
  const owner = from ?? (sender && domainOf(sender));
  const selectors = (typed.dkim ?? []).map(given).filter((text) => text !== undefined);
  const assumed = helo === undefined ? mail.assumed : undefined;
  return {
    helo: helo === undefined ? mail.helo : heloIn(helo),
    sender,
    headerFrom: from,
    signatures: selectors.length === 0 ? mail.signatures : typedSignatures(selectors, owner),
    recipientDomain: recipient === undefined ? mail.recipientDomain : domainOf(recipient),
    ...(assumed && { assumed }),
  };
}

/** A field that is blank was left out. */
function given(text: string | undefined): string | undefined {
  const trimmed = text?.trim();
  return trimmed === "" ? undefined : trimmed;
}

/** An address, with or without its brackets; "<>" for the null sender. A domain alone stands for its postmaster (RFC 7208 2.4). */
function typedSender(text: string): string | undefined {
  const address = text.trim().replace(/^<(.*)>$/, "$1");
  const domain = address === "" || address.includes("@") ? undefined : domainOf(address);
  return senderIn(domain === undefined ? address : `postmaster@${domain}`);
}

const mostSelectors = 5;

/** Each "selector._domainkey.domain", or a selector of `owner`. */
function typedSignatures(texts: readonly string[], owner: string | undefined): readonly Signature[] {
  return texts.slice(0, mostSelectors).flatMap((text) => {
    const [selector = "", domain = owner] = text.split(/\._domainkey\./i);
    const found = domain === undefined ? undefined : signatureOf(selector, domain);
    return found === undefined ? [] : [found];
  });
}
