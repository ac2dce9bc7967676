// The resolver that asks over HTTPS (RFC 8484): one endpoint instead of the network's own DNS servers.
import { isIP } from "node:net";
import type { DnsAnswer, DnsSilence, Resolver } from "../check/resolver.ts";
import { type DnsQuestion, longestMessage, readAnswer, writeQuestion } from "./dnsMessage.ts";
import { type Post, type Posted, startPosting } from "./post.ts";

/** Where to ask. */
export interface DohOptions {
  /** "https://dns.example/dns-query"; http only to this machine. */
  readonly endpoint: string;
  /** For one question, in milliseconds; 2,500 unless told. */
  readonly timeoutMs?: number | undefined;
  /** Trusted instead of the usual authorities, PEM. */
  readonly ca?: string | undefined;
}

const mediaType = "application/dns-message";
const longestEndpoint = 2_000;

/** Why `text` is no DNS over HTTPS endpoint, a sentence for the user; undefined when it is one. */
export function endpointFault(text: string): string | undefined {
  const url = text.length <= longestEndpoint && URL.canParse(template(text)) ? new URL(template(text)) : undefined;
  const web = url?.protocol === "https:" || url?.protocol === "http:";
  if (url === undefined || !web)
    return `"${text.slice(0, 100)}" is no DNS over HTTPS endpoint: write its address as your DNS operator names it, such as https://dns.example/dns-query.`;
  if (url.username !== "" || url.password !== "")
    return "The DNS over HTTPS endpoint holds a user name or a password: write it without.";
  if (url.protocol === "http:" && !isThisMachine(url.hostname))
    return `"${url.origin}" is not encrypted, so questions could be read and answers changed on the way: write https:// instead of http://.`;
  return undefined;
}

// Operators publish templates (RFC 8484 4.1.1); a POST leaves the variable out.
function template(text: string): string {
  return text.replace(/\{\?dns\}$/, "");
}

function isThisMachine(host: string): boolean {
  return host === "localhost" || host === "[::1]" || (isIP(host) === 4 && host.startsWith("127."));
}

/** A resolver that asks this endpoint; make one a check. Throws a TypeError with a sentence for the user when it is no endpoint. */
export function createDohResolver({ endpoint, timeoutMs = 2_500, ca }: DohOptions): Resolver {
  const fault = endpointFault(endpoint);
  if (fault !== undefined) throw new TypeError(fault);
  const url = new URL(template(endpoint));
  url.hash = "";
  // POST, not GET: a question may hold the user's key, and addresses of pages are what servers and proxies log. Nor may a cache between us and the resolver answer (RFC 8484 5.1).
  const post = startPosting({ url, type: mediaType, longest: longestMessage, ca });
  return {
    name: `${url.origin}${url.pathname}`,
    query: (name, type, signal) => ask(post, { name, type }, { signal, timeoutMs }),
  };
}

async function ask(
  post: Post,
  question: DnsQuestion,
  { signal, timeoutMs }: { readonly signal: AbortSignal; readonly timeoutMs: number },
): Promise<DnsAnswer> {
  if (signal.aborted) return { kind: "cancelled" };
  const message = writeQuestion(question);
  if (message === undefined) return { kind: "invalid" };
  const controller = new AbortController();
  const stop = () => controller.abort();
  const timer = setTimeout(stop, timeoutMs);
  signal.addEventListener("abort", stop);
  try {
    return answerOf(await post(message, controller.signal), question);
  } catch (error) {
    if (controller.signal.aborted) return { kind: signal.aborted ? "cancelled" : "timeout" };
    return { kind: faultOf(error) };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", stop);
  }
}

/** A status other than 2xx says that the server gave no DNS answer (RFC 8484 4.2.1); a redirect could lead anywhere and is not followed. */
function answerOf({ status, type, body }: Posted, question: DnsQuestion): DnsAnswer {
  if (status >= 500) return { kind: "servfail" };
  if (status >= 400) return { kind: "refused" };
  return status === 200 && type === mediaType ? readAnswer(body, question) : { kind: "invalid" };
}

// A certificate that is not trusted counts as unreachable: whoever answered is not the endpoint.
function faultOf(error: unknown): DnsSilence {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code === "LOST") return "servfail";
  return code === "TOO_LONG" || code.startsWith("HPE_") ? "invalid" : "unreachable";
}
