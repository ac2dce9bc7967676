// A letter as a mailto: link (RFC 6068), short enough for the mail programs that cut longer ones.

/** Longer links are cut by some mail programs and systems, in characters. */
export const longestMailto = 1_900;

/** The link to write to `address`, with the first of these bodies that fits; without a body when none does. */
export function mailtoOf(address: string, subject: string, bodies: Iterable<string>): string {
  const start = `mailto:${encodedAddress(address)}?subject=${encoded(oneLine(subject))}`;
  for (const body of bodies) {
    const link = `${start}&body=${encoded(body.replace(/\r?\n/g, "\r\n"))}`;
    if (link.length <= longestMailto) return link;
  }
  return start;
}

/** RFC 6068 2: "@" stays, and whatever else could end the address or begin a header is escaped. */
function encodedAddress(address: string): string {
  return address.split("@").map(encoded).join("@");
}

/** A subject has no line ends: none of its text can become another header. */
function oneLine(text: string): string {
  return text.replace(/[\r\n]+/g, " ");
}

/** UTF-8, percent-encoded; half a surrogate pair becomes the sign for what cannot be read. */
function encoded(text: string): string {
  return encodeURIComponent(text.replace(/\p{Cs}/gu, "\ufffd")).replace(
    /[!'()*]/g,
    (found) => `%${found.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
