// Follows one message through its log: what the lines with its queue id say of the envelope, its header and its signatures.
import type { Delivery, Mail, Signature } from "../model.ts";
import { cluesAround } from "./around.ts";
import { type Clue, cluesIn, searchedId } from "./clues.ts";
import { loggedHost, noticeHost, quotedHelo, routedHelo } from "./helo.ts";
import { lineOf, linesOfEnded, linesWith, type Stretch } from "./lines.ts";
import { refusedSender } from "./patterns.ts";
import { authorDomain, domainIn, domainOf, heloIn, senderIn, signatureOf } from "./valid.ts";
import type { Kind } from "./wordings.ts";

/** No message has more signatures that matter. */
const mostSignatures = 5;

/** A delivery, its line if the text still has it, and what is said of its message. */
interface Trail {
  readonly text: string;
  readonly delivery: Delivery;
  readonly own: Stretch | undefined;
  readonly clues: readonly Clue[];
}

/** What the log says of the mail behind a delivery; what it does not say is undefined. Linear in the text's length, and never throws. */
export function follow(text: string, delivery: Delivery): Mail {
  const own = lineOf(text, delivery);
  const trail = { text, delivery, own, clues: cluesOf(text, delivery, own) };
  const sender = senderOf(trail);
  return {
    ...(delivery.direction === "we-refused-them" ? { helo: clientHelo(trail) } : ownHelo(trail)),
    sender,
    headerFrom: headerFromOf(trail, sender),
    signatures: signaturesOf(trail),
    recipientDomain: recipientDomainOf(trail),
  };
}

function cluesOf(text: string, { queueId, format }: Delivery, own: Stretch | undefined): readonly Clue[] {
  if (format === "bounce") return own === undefined ? [] : cluesAround(text, own);
  if (queueId === undefined || queueId === "NOQUEUE")
    return own !== undefined && format === "plain" ? cluesAround(text, own) : [];
  const id = searchedId(queueId);
  const clues = cluesIn(linesWith(text, id, own), id);
  const parent = clues.find(({ kind, text }) => kind === "parent" && text !== id)?.text;
  if (parent === undefined) return clues;
  // The server takes its mail back from a filter under a new queue id; the signer may have worked under the old one.
  return [...clues, ...cluesIn(linesOfEnded(text, parent, own), parent).filter(({ kind }) => ofMessage.has(kind))];
}

const ofMessage: ReadonlySet<Kind> = new Set<Kind>(["sender", "submitter", "from", "mailbox", "equal", "signature"]);

function textsOf(clues: readonly Clue[], ...kinds: readonly Kind[]): string[] {
  return clues.filter(({ kind }) => kinds.includes(kind)).map(({ text }) => text);
}

function firstOf<T>(texts: readonly (string | undefined)[], read: (text: string) => T | undefined): T | undefined {
  for (const text of texts) {
    const found = text === undefined ? undefined : read(text);
    if (found !== undefined) return found;
  }
  return undefined;
}

// The line itself knows best. Sendmail's lines name the controlling user instead (ctladdr=), who need not be the sender.
function senderOf({ delivery, own, clues }: Trail): string | undefined {
  const { queueId = "", format, direction, sender } = delivery;
  const refused = direction === "we-refused-them" ? refusedSender.exec(own?.text ?? "")?.[1] : undefined;
  const here = own === undefined ? [] : textsOf(cluesIn([own.text], searchedId(queueId)), "sender");
  const said = format === "sendmail" ? undefined : sender;
  const all = [...textsOf(clues, "sender"), sender, ...textsOf(clues, "submitter")];
  return firstOf([refused, ...here, said, ...all], senderIn);
}

function headerFromOf({ clues }: Trail, sender: string | undefined): string | undefined {
  const named = clues.map(({ kind, text }) => {
    if (kind === "mailbox") return authorDomain(text);
    return kind === "from" ? domainOf(text) : undefined;
  });
  const equal = clues.some(({ kind }) => kind === "equal") && sender ? domainOf(sender) : undefined;
  return named.find((domain) => domain !== undefined) ?? equal;
}

function signaturesOf({ clues }: Trail): readonly Signature[] {
  const found = new Map<string, Signature>();
  for (const text of textsOf(clues, "signature")) {
    const [selector = "", domain = ""] = text.split(" ");
    const signature = signatureOf(selector, domain);
    if (signature !== undefined) found.set(`${selector.toLowerCase()} ${signature.domain}`, signature);
  }
  return [...found.values()].slice(0, mostSignatures);
}

// A message to several domains does not tell which of them a line without a recipient is about.
function recipientDomainOf({ delivery, clues }: Trail): string | undefined {
  if (delivery.recipient !== undefined) return domainOf(delivery.recipient);
  const domains = new Set(textsOf(clues, "recipient").map(domainOf));
  return domains.size === 1 ? [...domains][0] : undefined;
}

function clientHelo({ delivery, clues }: Trail): string | undefined {
  return firstOf([delivery.helo, ...textsOf(clues, "helo")], heloIn);
}

// Servers seldom log what they say in HELO themselves; their own name is the usual setting of all of them.
function ownHelo({ text, delivery, own, clues }: Trail): Pick<Mail, "helo" | "assumed"> {
  const said = firstOf(textsOf(clues, "quoted"), heloIn) ?? quotedHelo(delivery);
  const helo = said ?? (delivery.format === "opensmtpd" ? routedHelo(text, own) : undefined);
  if (helo !== undefined) return { helo };
  const noticed = textsOf(clues, "notice").map((id) => noticeHost(text, id, own));
  const guess = firstOf([...textsOf(clues, "host"), ...noticed], domainIn) ?? loggedHost(own?.text ?? "");
  return guess === undefined ? { helo: undefined } : { helo: guess, assumed: ["helo"] };
}
