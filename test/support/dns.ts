// A real DNS on loopback for tests: rbldnsd serves the lists, nsd the zones of domains, unbound resolves and misbehaves as told. Nothing leaves the machine.
import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeCertificate } from "./certificate.ts";
import { nsdFiles } from "./dns-nsd.ts";
import { freePort } from "./dns-ports.ts";
import { answers, program, settle } from "./dns-process.ts";
import { rbldnsdFiles, type Servers, type TestZones, unboundFiles } from "./dns-zones.ts";

export type { TestZones };

/** A running DNS of the test. */
export interface TestDns {
  /** "127.0.0.1:PORT", for `createResolver` or `--resolver`. */
  readonly address: string;
  /** nsd itself, "127.0.0.1:PORT", without unbound; undefined when the zones have no `authority`. */
  readonly authority: string | undefined;
  /** DNS over HTTPS, when it was asked for: where, and the certificate that a client has to trust. */
  readonly doh: { readonly endpoint: string; readonly ca: string } | undefined;
  /** All questions so far, in order: "69.2.81.zen.spamhaus.org A". */
  queries(): readonly string[];
  stop(): Promise<void>;
}

/** Starts a DNS with these zones. Fails with a clear sentence when a server program is not installed. */
export async function startDns(zones: TestZones = {}): Promise<TestDns> {
  const programs = { rbldnsd: program("rbldnsd"), unbound: program("unbound") };
  const nsd = zones.authority && program("nsd");
  return settle(async (place) => {
    const { directory } = place;
    const servers = await placesOf(zones, directory);
    const { lists, port, authority, doh } = servers;
    const { files, datasets } = rbldnsdFiles(zones);
    place.write({ ...files, ...unboundFiles(zones, servers), ...nsdFiles(zones.authority ?? {}, authority ?? 0) });
    openLog(directory);
    const started = [
      answers(place.run(programs.rbldnsd, rbldnsdArguments(directory, lists, datasets)), at(lists)),
      answers(place.run(programs.unbound, ["-d", "-c", join(directory, "unbound.conf")]), at(port)),
    ];
    if (nsd !== undefined && authority !== undefined)
      started.push(answers(place.run(nsd, ["-d", "-c", join(directory, "nsd.conf")]), at(authority)));
    await Promise.all(started);
    return {
      address: at(port),
      authority: authority === undefined ? undefined : at(authority),
      doh: doh && { endpoint: `https://${at(doh.port)}/dns-query`, ca: doh.pem },
      queries: () => readQueries(join(directory, "queries.log")),
      stop: place.stop,
    };
  });
}

async function placesOf(zones: TestZones, directory: string): Promise<Servers> {
  return {
    directory,
    lists: await freePort(),
    port: await freePort(),
    authority: zones.authority && (await freePort()),
    doh: zones.doh === true ? { port: await freePort(), ...makeCertificate(directory) } : undefined,
  };
}

function at(port: number): string {
  return `127.0.0.1:${port}`;
}

function openLog(directory: string): void {
  const log = join(directory, "queries.log");
  writeFileSync(log, "");
  chmodSync(log, 0o666);
}

function rbldnsdArguments(directory: string, port: number, datasets: readonly string[]): readonly string[] {
  // rbldnsd refuses to run as root.
  const user = process.getuid?.() === 0 ? ["-u", "nobody"] : [];
  return ["-n", "-b", `127.0.0.1/${port}`, "-w", directory, "-c", "0", ...user, ...datasets];
}

// unbound writes "… info: 127.0.0.1 name. A IN" before it answers.
function readQueries(log: string): readonly string[] {
  const lines = readFileSync(log, "utf8").matchAll(/info: \S+ (\S+)\. (\S+) IN$/gm);
  return [...lines].map(([, name, type]) => `${name} ${type}`).filter((query) => !query.startsWith("ready.invalid"));
}
