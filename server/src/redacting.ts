// The joint of redaction: what catalogue and log know of public names comes in here.
import { listZone } from "./catalogue/lists.ts";
import { isContactMailbox, isPageHost, isPublicName } from "./catalogue/publicNames.ts";
import { carried } from "./log/container.ts";
import { readPrefix } from "./log/syslog.ts";
import type { Span } from "./model.ts";
import type { Digest, Known } from "./redact/known.ts";
import { createRedactor as create, type Redactor } from "./redact/redact.ts";

export type { Redacted, Redactor } from "./redact/redact.ts";

const known: Known = {
  isPublic: isPublicName,
  isPage: isPageHost,
  isContact: isContactMailbox,
  listZone,
  ownHost,
};

/** A redactor for logs that belong together; with a digest its names are the same in every run with the same secret. */
export function createRedactor(digest?: Digest): Redactor {
  return create(known, digest);
}

/** The head of no line is longer. */
const longestHead = 1_024;

/** No line that carries another has its parts further apart. */
const longestCarrier = 8_192;

/** The host that wrote the line, or the line that it carries. */
function ownHost(line: string): Span | undefined {
  const carrier = carried(line.slice(0, longestCarrier));
  if (carrier === undefined) return hostIn(line);
  const host = hostIn(carrier.text);
  return host && carrier.spanOf(host);
}

/** What stands between time and program. Behind Exim's own time there is no host, and any words may look like one. */
function hostIn(line: string): Span | undefined {
  const head = line.slice(0, longestHead);
  const prefix = readPrefix(head);
  if (prefix?.host === undefined || prefix.time === undefined || prefix.process === undefined) return undefined;
  const isExims = /^\d{4}-\d\d-\d\d /.test(prefix.time.text) && head[prefix.process.end] !== "[";
  const { start, end, text } = prefix.host;
  return isExims || !/^[\w.-]+$/.test(text) ? undefined : { start, end };
}
