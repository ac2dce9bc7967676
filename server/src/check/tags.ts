// Reads tag=value lists (RFC 6376 3.2), the form of DKIM keys, DMARC policies, MTA-STS and TLS-RPT records.

/** A list of tags; with a fault the list as a whole is invalid. */
export interface Tags {
  /** Values by name, blanks around them removed; names keep their case, it counts. In the order of the text. */
  readonly tags: ReadonlyMap<string, string>;
  /** What is wrong with it, a clause: "the tag p occurs twice". */
  readonly fault: string | undefined;
}

const tagName = /^[a-z][a-z0-9_]*$/i;
const longest = 65_535;
const mostTags = 100;

/** The tags of a text; what comes behind the hundredth is left out. */
export function readTags(text: string): Tags {
  const tags = new Map<string, string>();
  let fault = text.length > longest ? "it is too long" : undefined;
  for (const item of text.slice(0, longest).split(";", mostTags)) {
    if (item.trim() === "") continue;
    const split = item.indexOf("=");
    const name = item.slice(0, Math.max(split, 0)).trim();
    if (!tagName.test(name)) fault ??= "a part of it is no tag=value";
    else if (tags.has(name)) fault ??= `the tag ${name.slice(0, 20)} occurs twice`;
    else tags.set(name, item.slice(split + 1).trim());
  }
  return { tags, fault };
}

/** The items of a value separated by colons, in small letters, without blanks and empty ones. */
export function readItems(value: string | undefined): readonly string[] | undefined {
  return value
    ?.split(":")
    .map((item) => item.trim().toLowerCase())
    .filter(Boolean);
}
