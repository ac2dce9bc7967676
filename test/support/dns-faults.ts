// Puts dnsdist in front of a DNS server: it fails, refuses, drops, delays and truncates as told, and serves DNS over plain HTTP.

import { freePort } from "./dns-ports.ts";
import { answers, program, settle } from "./dns-process.ts";

/** What happens to every question in a zone. `truncate`: over UDP the answer says that it is too long, over TCP it comes. */
export type DistFault = "servfail" | "refuse" | "drop" | "truncate" | { readonly delayMs: number };

/** A running dnsdist. */
export interface FaultyDns {
  /** "127.0.0.1:PORT". */
  readonly address: string;
  /** DNS over HTTP on loopback, without TLS: "http://127.0.0.1:PORT/dns-query". */
  readonly endpoint: string;
  stop(): Promise<void>;
}

/** Starts dnsdist before the server at `upstream`. */
export async function startFaults(upstream: string, faults: Readonly<Record<string, DistFault>>): Promise<FaultyDns> {
  const dnsdist = program("dnsdist");
  return settle(async (place) => {
    const [port, http] = [await freePort(), await freePort()];
    const address = `127.0.0.1:${port}`;
    const endpoint = `http://127.0.0.1:${http}/dns-query`;
    place.write({ "dnsdist.conf": configuration({ upstream, faults, address, http }) });
    const running = place.run(dnsdist, ["--supervised", "--disable-syslog", "-C", "dnsdist.conf"]);
    await answers(running, address);
    return { address, endpoint, stop: place.stop };
  });
}

interface Wanted {
  readonly upstream: string;
  readonly faults: Readonly<Record<string, DistFault>>;
  readonly address: string;
  readonly http: number;
}

function configuration({ upstream, faults, address, http }: Wanted): string {
  const lines = [
    // Else it would ask the internet whether it is safe.
    'setSecurityPollSuffix("")',
    `setLocal("${address}")`,
    `addDOHLocal("127.0.0.1:${http}", nil, nil, "/dns-query")`,
    // Without :setUp() it would first ask the server for a name of the internet.
    `newServer({address="${upstream}"}):setUp()`,
    ...Object.entries(faults).map(([zone, fault]) => `addAction(${ruleOf(zone, fault)}, ${actionOf(fault)})`),
  ];
  return `${lines.join("\n")}\n`;
}

function ruleOf(zone: string, fault: DistFault): string {
  return fault === "truncate" ? `AndRule({makeRule("${zone}."), TCPRule(false)})` : `"${zone}."`;
}

function actionOf(fault: DistFault): string {
  if (typeof fault === "object") return `DelayAction(${fault.delayMs})`;
  const actions = {
    servfail: "RCodeAction(DNSRCode.SERVFAIL)",
    refuse: "RCodeAction(DNSRCode.REFUSED)",
    drop: "DropAction()",
    truncate: "TCAction()",
  };
  return actions[fault];
}
