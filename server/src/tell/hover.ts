// Tells a finding, an address or an enhanced code in a few lines of Markdown, for the hover.
import type { Judgement } from "../measurement.ts";
import type { Claim, Decoded, Entry, Finding } from "../model.ts";
import { escaped, link } from "./markdown.ts";
import { checkPage, findingCheckPage, findingPage } from "./pages.ts";
import { disputed } from "./topics.ts";
import { counted, ended, permanenceLabel, shortLabel, unpublished } from "./words.ts";

/** UTF-16 units of an entry's meaning that a hover shows at most. */
const mostMeaning = 220;

/**
 * The hover of a reply: links first, because a hover shows few lines; then what it means here and what to do first.
 * `ip` is the sending address in canonical form, when the line names one; `judgement` what the log says of the claims.
 */
export function findingHover(finding: Finding, ip: string | undefined, judgement?: Judgement): string {
  const { entry, decoded, remarks } = finding;
  const first = entry.remedies[0];
  const parts = [
    `**${escaped(shortLabel(finding))}** · ${escaped(entry.providerName)} · **${permanenceLabel(finding)}** · ${links(finding, ip)}`,
    `${escaped(ended(entry.title))} ${escaped(firstSentences(entry.meaning))}`,
    ...(decoded === undefined ? [] : [decodedText(decoded)]),
    ...(first === undefined ? [] : [`**First:** ${escaped(first.text)}`]),
    ...disagreement(entry.claims),
    ...(judgement === undefined ? [] : [`**This log:** ${escaped(judgement.words)}`]),
    ...remarks.slice(0, 3).map((remark) => `**Note:** ${escaped(remark)}`),
  ];
  return parts.join("\n\n");
}

/** The hover of an address that stands in a log. */
export function addressHover(ip: string, explanation: string | undefined): string {
  if (explanation !== undefined) return `**${escaped(ip)}**\n\n${escaped(explanation)}`;
  return `**${escaped(ip)}**\n\n${link(`Check ${ip}`, checkPage(ip))} — shows what would be asked first; nothing is asked before you agree.`;
}

/** The hover of a DNS list that a line names: what it is or what became of it; `page` is its operator's page. */
export function listHover(name: string, words: string, page: string | undefined): string {
  const more = page === undefined ? "" : ` ${link("The operator’s page", page)}`;
  return `**${escaped(name)}**\n\n${escaped(words)}${more}`;
}

function links(finding: Finding, ip: string | undefined): string {
  const explain = link("Explain", findingPage(finding));
  return ip === undefined ? explain : `${explain} · ${link(`Check sending IP ${ip}`, findingCheckPage(finding, ip))}`;
}

function decodedText({ subject, bits, lists, published }: Decoded): string {
  const what = subject === "sending-ip" ? "The sending IP is on" : "A link in the message is on";
  const names = lists.map((list) => (list.removal === undefined ? escaped(list.name) : link(list.name, list.removal)));
  const origin = published ? "" : ` ${unpublished}`;
  if (names.length === 0) return `The mask ${escaped(bits)} names no list that a source describes.${origin}`;
  return `${what}: ${names.join(", ")}.${origin}`;
}

function disagreement(claims: readonly Claim[]): string[] {
  if (!disputed(claims)) return [];
  return [
    `**Sources disagree:** ${counted(claims.length, "claim")}, each with its source, on the page behind Explain.`,
  ];
}

/** As many whole sentences as a hover can show. */
function firstSentences(text: string): string {
  const paragraph = text.split("\n")[0] ?? "";
  const end = paragraph.slice(0, mostMeaning).search(/[.!?](?=\s[^.!?]*$)/);
  return paragraph.length <= mostMeaning || end < 0 ? paragraph : paragraph.slice(0, end + 1);
}

/** The hover of a status code outside of a failure, such as 250 or 2.0.0. */
export function codeHover(written: string, entry: Entry): string {
  return `**${escaped(written)}** · ${escaped(entry.title)}\n\n${escaped(firstSentences(entry.meaning))}`;
}
