// Names out of a refused mail that may be asked of lists of domains: names of the public DNS, nothing else.
import { hostName, isPublicName } from "./names.ts";

// The zone of a list comes behind it, and a name has 253 characters at most (RFC 1035 2.3.4).
const longest = 180;

/** The domain of an envelope sender; undefined for the null sender and for what is no name of the public DNS. */
export function senderDomain(sender: string | undefined): string | undefined {
  return sender === undefined ? undefined : publicName(sender.slice(sender.lastIndexOf("@") + 1));
}

/** The name that was said in HELO; undefined for an address, a bare name, and what is no name of the public DNS. */
export function sentHelo(helo: string | undefined): string | undefined {
  return helo === undefined ? undefined : publicName(helo);
}

function publicName(text: string): string | undefined {
  const name = hostName(text.trim());
  return name !== undefined && name.length <= longest && isPublicName(name) ? name : undefined;
}
