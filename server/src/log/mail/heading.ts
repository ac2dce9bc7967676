// Lines of a report's text that name a recipient: alone, in brackets, behind a label, or before what went wrong.

/** A line that names a recipient, and what else it says of them. */
export interface Heading {
  readonly recipient: string;
  readonly rest: string;
}

const address = "[^\\s<>\"'@()\\[\\],;:]{1,64}@[^\\s<>\"'@()\\[\\],;:=]{1,255}";
const shapes: readonly RegExp[] = [
  new RegExp(`^[\\s>*•-]{0,16}["'<([]{0,2}(?:mailto:)?(${address})["'>)\\]]{0,2}\\s{0,4}[:;,.]?\\s{0,16}$`, "i"),
  new RegExp(`^[\\s>*•-]{0,16}<(${address})>\\s{0,4}(?:[:,(]|\\.\\.\\.)(.{0,4000})$`),
  new RegExp(`^\\s{0,16}"?(${address})"?:\\s(.{1,4000})$`),
  new RegExp(`^\\s{0,16}(?:>>> )?(${address}) <[^<>\\s]{3,320}>\\s{0,16}$`),
  new RegExp(`^\\s{0,16}(${address}) on [A-Z]\\w{2},? `),
  new RegExp(
    `\\b(?:recipients?(?: address)?|addressed to|addressee|rcpt to|e-?mail(?: address)?|mailbox|user(?: ?name)?|address|to|for|allowed size|attempts)\\s{0,8}[:=]?\\s{0,8}["'<]{0,2}(${address})["'>]{0,2}[.:]?\\s{0,16}$`,
    "i",
  ),
];
const withRest = new RegExp(`^\\s{0,16}["'<]{0,2}(${address})["'>]{0,2}[\\s,]\\s{0,8}(\\S.{0,4000})$`);
const telling =
  /[45]\d\d|[45]\.\d\.\d|unknown|invalid|not |full|quota|reject|fail|refus|disabled|exist|unreach|inactiv|expired/i;

/** Addresses that a report names for help, not as recipients. */
const helper = /^(?:postmaster|mailer-daemon|abuse|support|help(?:desk)?|root|hostmaster|mail-?admin|noc)@/i;
const advice =
  /\b(?:contact|assist|help|forward(?:ing)?|questions?|send (?:an? )?(?:e-?mail|mail|message|it)|from|sender|reply|by)\b/i;

/** The recipient that a line names; undefined for none. */
export function headingOf(line: string): Heading | undefined {
  if (
    !line.includes("@") ||
    line.length > 5000 ||
    /^\s{0,16}(?:To|Cc|Bcc|From|Sender|Subject|Sent|Date|Reply-To):/i.test(line)
  )
    return undefined;
  for (const [index, shape] of shapes.entries()) {
    const match = shape.exec(line);
    const recipient = match?.[1] === undefined ? undefined : trimmed(match[1]);
    if (match === null || recipient === undefined) continue;
    const labelled = index === shapes.length - 1;
    if (labelled && advice.test(line.slice(0, match.index))) continue;
    const rest = labelled && telling.test(line.slice(0, match.index + 24)) ? line.trim() : (match[2]?.trim() ?? "");
    return helper.test(recipient) ? undefined : { recipient, rest };
  }
  const match = withRest.exec(line);
  const [, named, rest = ""] = match ?? [];
  if (named === undefined || !telling.test(rest)) return undefined;
  return helper.test(named) ? undefined : { recipient: trimmed(named), rest: rest.trim() };
}

function trimmed(recipient: string): string {
  return recipient.replace(/[.'"]{1,3}$/, "");
}

const anywhere = new RegExp(`(?<![\\w.+=-])(${address})`, "g");

/** The first address in a text that is not one of `others` nor a helper's; undefined for none. */
export function anyAddress(text: string, others: readonly (string | undefined)[]): string | undefined {
  const found = [...text.slice(0, 4096).matchAll(anywhere)].slice(0, 8).map((match) => trimmed(match[1] ?? ""));
  const known = others.map((other) => other?.toLowerCase());
  return found.find((one) => !known.includes(one.toLowerCase()) && !helper.test(one));
}

const inText = new RegExp(`<(${address})>`, "g");

/** The addresses in angle brackets in a text. */
export function addressesIn(text: string): string[] {
  return [...text.slice(0, 4096).matchAll(inText)].slice(0, 8).flatMap((match) => match[1] ?? []);
}
