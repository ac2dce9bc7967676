// Provider tokens by their shape: AUP#CXCNCT, TSS04, S3150, OFR006_102, zen.spamhaus.org.
import { type Piece, piece } from "./piece.ts";

interface Shape {
  /** The whole match is the token. */
  readonly token: RegExp;
  /** One of these is part of every such token or stands before it: texts without them need not be searched. */
  readonly within?: readonly string[];
  /** What must stand in the reply as well, for shapes that are too common alone. */
  readonly beside?: RegExp;
}

/** Longest reply text that is searched. */
const reach = 4096;

// Order is rank: a provider's own code says more than a list's name or a bare number in brackets.
const shapes: readonly Shape[] = [
  { token: /AUP#[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*/, within: ["AUP#"] },
  { token: /(?<=\[)(?:IPTS|[A-Z]{2,3})\d{1,3}(?=\])/, within: ["["] },
  { token: /(?<=\[)#\d{1,3}(?:\.\d{1,3}){1,3}(?=\])/, within: ["[#"] },
  { token: /\b(?:RP|SC|DY|OU)-00\d\b/, within: ["-00"] },
  { token: /(?<=[([])S\d{3,10}(?=[)\]])/, within: ["(S", "[S"] },
  { token: /\bAS\(\d{3,9}\)/, within: ["AS("] },
  { token: /(?<=[([])AS\d{3,9}(?=[)\]])|\bAS\d{8}\b/, within: ["AS"] },
  { token: /\b(?:RTR|HVU|RLY|DYN|CON|DNS|DMARC|MFF):[A-Z][A-Z0-9]{1,2}\b/ },
  { token: /\b(?:HL|MI|RP|DT|WM|IP|HU):[A-Z]{3}\b/ },
  { token: /\b(?:ES|BL|RL|DM)\d{6}\b/ },
  { token: /(?<=\/case\?(?:\w{1,8}=[^&\s]{0,80}&)?c=)\w{1,12}/, within: ["/case?"] },
  { token: /\b(?:OFR|OUK|LPN(?:AAA)?)\d{0,3}[_-]?\d{3}\b|\bofr\d{0,3}_\d{3}\b/, within: ["OFR", "OUK", "LPN", "ofr"] },
  { token: /\bSFR_IN_\d{3}\b|\bGU_EIB_\d{2}\b/, within: ["SFR_IN_", "GU_EIB_"] },
  { token: /\b(?:ELNK|OXS(?:US|EU))\d{0,4}_\d{3}\b/, within: ["ELNK", "OXS"] },
  { token: /\bDNSBL:(?:ATT)?RBL {1,3}5\d\d\b/, within: ["DNSBL:"] },
  { token: /\bIB\d{3}\b/, within: ["IB"] },
  { token: /\bETP\d{3}\b/, within: ["ETP"] },
  {
    token:
      /\bERS-(?:Customized-Block|RBL)\b|\bBLOCK-(?:SEND|RCPT)(?:-ER)?\b|(?<=rejected: )(?:NO-DOMAIN|Invalid-Recipient)\b/,
  },
  { token: /(?<=\.rr\.com\/mail_blocks(?:\.html?)?#)\w{1,20}/, within: [".rr.com/"] },
  { token: /\bVS\d{1,2}-(?:IP|MF)\d?\b/, within: ["VS"] },
  { token: /(?<=\()(?:BL|NOWL)(?=\))/, within: ["(BL)", "(NOWL)"], beside: /@rx\.t-online\.de/ },
  { token: /(?<=\b(?:blocked using|(?:black|block)?listed (?:at|by|in|on)) )(?:[a-z0-9-]{1,63}\.){1,6}[a-z]{2,24}\b/i },
  { token: /(?<=\bblocked using )cm-csi[\w-]{0,20}/, within: ["cm-csi"] },
  { token: /(?<=Requested action aborted ?)\[\d{1,4}\]/, within: ["Requested action aborted"] },
  { token: /\[29\d\]/, within: ["[29"], beside: /Message not allowed|not RFC compliant/ },
  { token: /\[\d{3}\](?=\s*$)/, within: ["]"], beside: /\bcmsmtp\b|csi\.cloudmark\.com|destinataire|Adresse IP/i },
];

/** The token that a failing reply's text names between two columns, as written, without brackets around letters. */
export function findToken(line: string, start: number, end: number): Piece | undefined {
  const text = line.slice(start, Math.min(end, start + reach));
  for (const shape of shapes) {
    if (shape.within !== undefined && !holdsOne(text, shape.within)) continue;
    const match = shape.token.exec(text);
    if (match === null || (shape.beside !== undefined && !shape.beside.test(text))) continue;
    return piece(line, start + match.index, start + match.index + match[0].length);
  }
  return undefined;
}

// Called for every failure and shape.
function holdsOne(text: string, parts: readonly string[]): boolean {
  for (const part of parts) if (text.includes(part)) return true;
  return false;
}
