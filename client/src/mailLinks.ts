// The links of a draft: only such are handed to the system as a draft of ours can have.

const longest = 2_000;

/** A mailto: link of our own making (RFC 6068: printable ASCII, one address, subject and body); undefined for anything else. */
export function mailLink(value: unknown): string | undefined {
  if (typeof value !== "string" || value.length > longest) return undefined;
  return /^mailto:[\w.%+-]{1,100}@[\w.-]{1,253}\?subject=[\w.~%-]*(?:&body=[\w.~%-]*)?$/.test(value)
    ? value
    : undefined;
}

/** The page of a provider; undefined for what is no https address. */
export function pageLink(value: unknown): string | undefined {
  if (typeof value !== "string" || value.length > longest) return undefined;
  return /^https:\/\/[\w.-]+(?:\/[!-~]*)?$/.test(value) ? value : undefined;
}
