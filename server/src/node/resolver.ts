// The resolver of a process: Node's DNS client, one Resolver a question so that a deadline or a cancel stops exactly that one.
import { Resolver as NodeResolver } from "node:dns/promises";
import { isIP } from "node:net";
import type { DnsAnswer, DnsSilence, DnsType, Resolver } from "../check/resolver.ts";

/** Where to ask. */
export interface ResolverOptions {
  /** Addresses, each with or without a port: "127.0.0.1:5300", "[::1]:53", "192.168.1.1". Undefined: the system's own. */
  readonly servers: readonly string[] | undefined;
  /** For one question over all servers, in milliseconds; 2,500 unless told. */
  readonly timeoutMs?: number | undefined;
}

/** Why `text` is no DNS server, a sentence for the user; undefined when it is one. */
export function serverFault(text: string): string | undefined {
  if (isIP(text) !== 0) return undefined;
  const [, bracketed, plain = "", port = "53"] = /^(?:\[([^\]]*)\]|([^:[\]]*))(?::(\d{1,5}))?$/.exec(text) ?? [];
  const sound = bracketed === undefined ? isIP(plain) === 4 : isIP(bracketed) === 6;
  if (sound && Number(port) >= 1 && Number(port) <= 65_535) return undefined;
  return `"${text.slice(0, 100)}" is no DNS server: write its address, with a port from 1 to 65535 if it is not 53, such as 192.168.1.1, 127.0.0.1:5353 or [::1]:53.`;
}

/** A resolver that asks these servers in turn; make one a check, so that a changed network is noticed. Throws a TypeError with a sentence for the user when one is not an address. */
export function createResolver(options: ResolverOptions): Resolver {
  const given = options.servers ?? [];
  const fault =
    given.length === 0 && options.servers !== undefined
      ? "No DNS server is named."
      : given.map(serverFault).find(Boolean);
  if (fault !== undefined) throw new TypeError(fault);
  const servers = options.servers ?? systemServers();
  const timeoutMs = options.timeoutMs ?? 2_500;
  return {
    name: servers.join(", "),
    query: (name, type, signal) =>
      askServers({ name: rooted(name), type, signal, servers, end: Date.now() + timeoutMs }),
  };
}

// A new Resolver reads the system's settings anew; dns.getServers() knows those of the process's start only.
function systemServers(): readonly string[] {
  return new NodeResolver().getServers();
}

// Without the root dot the system's search domains would be tried too.
function rooted(name: string): string {
  return name.endsWith(".") ? name : `${name}.`;
}

interface Query {
  readonly name: string;
  readonly type: DnsType;
  readonly signal: AbortSignal;
  readonly servers: readonly string[];
  /** When to give up, as Date.now(). */
  readonly end: number;
}

// c-ares does not go on to the next server after SERVFAIL or REFUSED, so each server has a Resolver and a share of the time.
async function askServers(query: Query): Promise<DnsAnswer> {
  let answer: DnsAnswer = { kind: "unreachable" };
  for (const [at, server] of query.servers.entries()) {
    if (query.signal.aborted) return { kind: "cancelled" };
    const share = Math.max(1, (query.end - Date.now()) / (query.servers.length - at));
    answer = better(answer, await askServer(query, server, share));
    if (!tryNext.has(answer.kind)) return answer;
  }
  return answer;
}

const tryNext: ReadonlySet<DnsAnswer["kind"]> = new Set(["servfail", "refused", "timeout", "unreachable"]);

// When no server knows, a server that spoke tells more than one that could not be reached.
function better(before: DnsAnswer, after: DnsAnswer): DnsAnswer {
  return after.kind === "unreachable" ? before : after;
}

async function askServer(query: Query, server: string, ms: number): Promise<DnsAnswer> {
  // Asked once more after a third of the time: c-ares waits twice as long for the second try.
  const resolver = new NodeResolver({ timeout: Math.max(100, Math.round(ms / 3)), tries: 2 });
  let late = false;
  const cancel = () => resolver.cancel();
  // c-ares' own timeout is no cap: it can take twice as long.
  const timer = setTimeout(() => {
    late = true;
    cancel();
  }, ms);
  query.signal.addEventListener("abort", cancel);
  try {
    resolver.setServers([server]);
    return await records(resolver, query);
  } catch (error) {
    return { kind: late ? "timeout" : silenceOf(error) };
  } finally {
    clearTimeout(timer);
    query.signal.removeEventListener("abort", cancel);
  }
}

async function records(resolver: NodeResolver, { name, type }: Query): Promise<DnsAnswer> {
  if (type === "PTR") return answerOf(await resolver.resolvePtr(name));
  if (type === "TXT") return answerOf((await resolver.resolveTxt(name)).map((parts) => parts.join("")));
  if (type === "MX") return answerOf((await resolver.resolveMx(name)).map(mxText));
  const found =
    type === "A" ? await resolver.resolve4(name, { ttl: true }) : await resolver.resolve6(name, { ttl: true });
  const ttl = found.length === 0 ? undefined : Math.min(...found.map((record) => record.ttl));
  return answerOf(
    found.map((record) => record.address),
    ttl,
  );
}

// c-ares leaves out the root: of a null MX (RFC 7505 3) nothing would remain.
function mxText({ priority, exchange }: { readonly priority: number; readonly exchange: string }): string {
  return `${priority} ${exchange === "" ? "." : exchange}`;
}

function answerOf(found: readonly string[], ttl?: number): DnsAnswer {
  return found.length === 0 ? { kind: "nodata" } : { kind: "answer", records: found, ttl };
}

const silences: Readonly<Record<string, DnsSilence>> = {
  ENOTFOUND: "nxdomain",
  ENODATA: "nodata",
  ESERVFAIL: "servfail",
  EFORMERR: "servfail",
  ENOTIMP: "servfail",
  EREFUSED: "refused",
  ETIMEOUT: "timeout",
  ECANCELLED: "cancelled",
  ECONNREFUSED: "unreachable",
  ENETUNREACH: "unreachable",
  EHOSTUNREACH: "unreachable",
  ENETDOWN: "unreachable",
};

function silenceOf(error: unknown): DnsSilence {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return silences[code] ?? "invalid";
}
