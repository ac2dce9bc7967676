// What a line's own evidence adds to its entry or says against it, in plain sentences that repeat from line to line.
import type { Decoded, Delivery, Entry, EntryBy } from "../model.ts";
import { standards, subjectOf } from "./data.ts";
import { goneListsIn, listsIn, showsRefusedAsker } from "./lists.ts";
import { own } from "./own.ts";
import { blockedAtGreeting } from "./patterns.ts";
import { type Answerer, covers, dayOf, platformOf, providerName, type Tenure, tenures } from "./provider.ts";
import type { Elsewhere } from "./rows.ts";

/** A delivery with what was found for it. */
export interface Judged {
  readonly delivery: Delivery;
  readonly answerer: Answerer;
  readonly entry: Entry;
  readonly entryBy: EntryBy;
  readonly decoded: Decoded | undefined;
}

const none: readonly string[] = [];

/** The remarks on a delivery, most telling first. */
export function remarks(judged: Judged): readonly string[] {
  const all = [
    namedLists(judged),
    goneList(judged),
    refusedAsker(judged),
    unknownToken(judged),
    otherRelay(judged),
    movedDomain(judged),
    assumedDate(judged),
    elsewhere(judged),
    classes(judged),
    fate(judged),
    atGreeting(judged),
  ].filter((remark) => remark !== undefined);
  return all.length === 0 ? none : all;
}

function namedLists({ decoded }: Judged): string | undefined {
  if (decoded === undefined || decoded.lists.length === 0) return undefined;
  const lists = decoded.lists.map(({ name }) => name).join(", ");
  return `The code itself names what was listed when this line was written: ${lists}.`;
}

/** A provider's own code names its cause itself; other refusals may name a list. */
function goneList({ delivery, entryBy }: Judged): string | undefined {
  if (entryBy === "token") return undefined;
  const [list] = goneListsIn(delivery.words);
  return list === undefined
    ? undefined
    : `The refusal names ${list.name}. ${list.fate} Whoever refused should stop using it.`;
}

function refusedAsker({ delivery: { words }, entryBy }: Judged): string | undefined {
  const [list] = entryBy !== "token" && showsRefusedAsker(words) ? listsIn(words) : [];
  if (list === undefined || list.gone) return undefined;
  return `By these words ${list.name} did not list anything: it refused to answer the resolver of the server that asked, which took that for a listing.`;
}

/** The provider's own code says more than the standard's, so its absence from the catalogue must show; a list's zone is no code. */
function unknownToken({ delivery, entry, entryBy }: Judged): string | undefined {
  const token = delivery.reply?.token;
  if (token === undefined || entryBy === "token" || entryBy === "text" || listsIn(token).length > 0) return undefined;
  return `The other side's own code on this line is not in the catalogue yet: this explanation comes from ${entry.code} alone.`;
}

function quotesAnother(judged: Judged): boolean {
  const { provider } = judged.entry;
  return judged.entryBy === "token" && provider !== own && provider !== judged.answerer.provider;
}

function otherRelay(judged: Judged): string | undefined {
  const { answerer, entry } = judged;
  if (!quotesAnother(judged) || answerer.by !== "relay" || answerer.provider === undefined) return undefined;
  if (related(answerer.provider, entry.provider)) return undefined;
  return `The relay host belongs to ${providerName(answerer.provider)}, but the code is one of ${entry.providerName}: a forwarded or quoted refusal, or a relay that passes on another's answer.`;
}

function related(a: string, b: string): boolean {
  return platformOf(a) === b || platformOf(b) === a || (platformOf(a) ?? a) === (platformOf(b) ?? b);
}

/** The provider whose code stands on the line no longer answers for the recipient's domain. */
function movedDomain({ delivery, entry, entryBy }: Judged): string | undefined {
  if (entryBy !== "token" && entryBy !== "text") return undefined;
  const all = tenures(delivery.recipient);
  const left = all.find(({ provider, until }) => provider === entry.provider && until !== undefined);
  const next = all.find(({ since }) => since !== undefined && since === left?.until);
  if (left === undefined || next === undefined) return undefined;
  return moved({ left, next, day: dayOf(delivery) });
}

function moved({ left, next, day }: { left: Tenure; next: Tenure; day: string | undefined }): string | undefined {
  const old = providerName(left.provider);
  const since = `${left.pattern} is answered by ${providerName(next.provider)} since ${next.since}`;
  if (day === undefined)
    return `The line has no date; it is taken to be from before the day when this changed: ${since}.`;
  if (covers(left, day)) return undefined;
  return `${since}, so a refusal by ${old} after that day is unusual: an old route, a business customer of ${old}, or a line from elsewhere.`;
}

function assumedDate({ delivery, answerer }: Judged): string | undefined {
  if (answerer.by !== "recipient" || dayOf(delivery) !== undefined) return undefined;
  const now = tenures(delivery.recipient).find(
    ({ provider, since }) => provider === answerer.provider && since !== undefined,
  );
  if (now === undefined) return undefined;
  return `The line has no date, so it is taken to be a recent one: ${now.pattern} is answered by ${providerName(now.provider)} since ${now.since}.`;
}

/** The provider's own use of a code, unless the entry says it already. */
function elsewhere({ delivery, answerer, entry, entryBy }: Judged): string | undefined {
  const { code, enhanced } = delivery.reply ?? {};
  if (answerer.provider === undefined) return undefined;
  if (entryBy !== "token" && entry.provider === answerer.provider) return undefined;
  const uses = [...usesOf(enhanced), ...(standards.get(String(code))?.elsewhere ?? [])];
  return uses.find(({ provider }) => provider === answerer.provider)?.says;
}

function usesOf(enhanced: string | undefined): readonly Elsewhere[] {
  if (enhanced === undefined) return [];
  return (standards.get(enhanced) ?? standards.get(subjectOf(enhanced)))?.elsewhere ?? [];
}

function classes({ delivery }: Judged): string | undefined {
  const { code, enhanced } = delivery.reply ?? {};
  if (code === undefined || enhanced === undefined || code < 400) return undefined;
  if (String(code)[0] === enhanced[0]) return undefined;
  const kind = code < 500 ? "temporary" : "permanent";
  return `The reply code and the enhanced code are of different classes; the reply code decides, so this is ${kind}.`;
}

function fate({ delivery }: Judged): string | undefined {
  const code = delivery.reply?.code;
  if (code === undefined || code < 400 || delivery.direction === "we-refused-them") return undefined;
  if (code < 500 && delivery.outcome === "bounced") {
    return "The reply was temporary, but your server has given up and returned the message.";
  }
  if (code >= 500 && delivery.outcome === "deferred") {
    return "The reply was permanent, but your server keeps the message and tries again.";
  }
  return undefined;
}

function atGreeting({ delivery }: Judged): string | undefined {
  const code = delivery.reply?.code;
  if (delivery.direction === "we-refused-them" || code === undefined || code < 400) return undefined;
  const text = delivery.reply?.text ?? "";
  if (delivery.stage !== "connect" && !blockedAtGreeting.test(text)) return undefined;
  return "The refusal came before a sender or recipient was named: it is about the connection from your IP, not about the message.";
}
