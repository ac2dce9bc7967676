// What may be told about the refused mail: the fields, what the log says of each, and what a person typed.
import type { Mail, TypedMail } from "../../../../server/src/protocol.ts";

/** One field of the form. */
export interface MailField {
  readonly key: keyof TypedMail;
  readonly label: string;
  readonly example: string;
}

/** In the order of the SMTP dialogue. */
export const mailFields: readonly MailField[] = [
  { key: "helo", label: "Name in HELO or EHLO", example: "mail.example.org" },
  { key: "sender", label: "Envelope sender (MAIL FROM); <> for none", example: "news@example.org" },
  { key: "recipientDomain", label: "Recipient’s domain", example: "example.net" },
  { key: "headerFrom", label: "Domain of the From header", example: "example.org" },
  { key: "dkim", label: "DKIM selectors", example: "s2026, s1._domainkey.example.net" },
];

/** What the log says of a field, as it would be typed; undefined when it says nothing. */
export function knownOf(mail: Mail | undefined, key: keyof TypedMail): string | undefined {
  if (mail === undefined) return undefined;
  if (key === "dkim") {
    const names = mail.signatures.map(({ selector, domain }) => `${selector}._domainkey.${domain}`);
    return names.length === 0 ? undefined : names.join(", ");
  }
  return key === "sender" && mail.sender === "" ? "<>" : mail[key];
}

/** Where the value of a field comes from, for a person, the best first. */
export const origins = [
  "as typed",
  "from the log",
  "assumed, not in the log",
  "not in the log, so not checked",
] as const;

/** Where the value of a field comes from; undefined while nothing was looked up. */
export function originOf(
  mail: Mail | undefined,
  typed: TypedMail,
  key: keyof TypedMail,
): (typeof origins)[number] | undefined {
  if (mail === undefined) return undefined;
  if (typed[key] !== undefined) return "as typed";
  if (knownOf(mail, key) === undefined) return "not in the log, so not checked";
  return mail.assumed?.includes(key === "dkim" ? "signatures" : key) ? "assumed, not in the log" : "from the log";
}

/** What a person typed, in normal form; empty fields are left out. */
export function typedMail(texts: Readonly<Partial<Record<keyof TypedMail, string>>>): TypedMail {
  const pairs = mailFields.map(({ key }) => [key, normal(key, (texts[key] ?? "").trim())] as const);
  return Object.fromEntries(pairs.filter(([, value]) => value !== undefined));
}

function normal(key: keyof TypedMail, text: string): string | readonly string[] | undefined {
  if (text === "") return undefined;
  if (key === "dkim") return selectors(text);
  const bare = text.replace(/^<(.*)>$/, "$1");
  if (key === "sender") return bare.slice(0, 320);
  const name = key === "helo" ? bare : bare.slice(bare.lastIndexOf("@") + 1);
  return name === "" ? undefined : name.slice(0, 255);
}

function selectors(text: string): readonly string[] | undefined {
  const all = text.split(/[\s,;]+/).filter((one) => one !== "");
  return all.length === 0 ? undefined : all.slice(0, 10).map((one) => one.slice(0, 320));
}
