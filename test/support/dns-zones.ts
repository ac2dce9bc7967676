// Zones of a test as literals, and the files that make rbldnsd and unbound serve them.
import type { Certificate } from "./certificate.ts";
import type { AuthorityZones } from "./dns-nsd.ts";

/** What the test's DNS knows; every other name does not exist. */
export interface TestZones {
  /** DNS lists: zone → address → return codes. Each zone lists its test entry 127.0.0.2 as 127.0.0.2. */
  readonly lists?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
  /** Lists that tell every client the same: zone → rbldnsd's action, ":127.255.255.254:open resolver", "=empty". */
  readonly acls?: Readonly<Record<string, string>>;
  /** Records as in a zone file, names in full: "mail.example.net. A 81.2.69.160". */
  readonly records?: readonly string[];
  /** Zones that a server of their own, nsd, has the authority for. */
  readonly authority?: AuthorityZones;
  /** Zones in which every name misbehaves; an address is what every name has as its A record. */
  readonly faults?: Readonly<Record<string, Fault>>;
  /** Serves DNS over HTTPS too, with a certificate made for it. */
  readonly doh?: boolean;
}

/** `drop`: no answer at all. */
export type Fault = "refuse" | "drop" | "nodata" | "servfail" | { readonly address: string };

type Files = Readonly<Record<string, string>>;

/** rbldnsd's files, and how its command line names them. */
export function rbldnsdFiles(zones: TestZones): { readonly files: Files; readonly datasets: readonly string[] } {
  const files: Record<string, string> = { "any.ip4": "127.0.0.2\n" };
  const datasets = ["ready.test:ip4set:any.ip4"];
  for (const [zone, entries] of Object.entries(zones.lists ?? {})) {
    // A list without entries must be served too.
    files[`${zone}.empty`] = "";
    datasets.push(`${zone}:ip4set:${zone}.empty`);
    for (const [code, addresses] of byCode(entries)) {
      for (const [kind, text] of [
        ["ip4set", plain(addresses, ".")],
        ["ip6trie", plain(addresses, ":")],
      ] as const) {
        if (text === "") continue;
        const name = `${zone}-${code}.${kind}`;
        files[name] = `:${code}:listed\n${text}`;
        datasets.push(`${zone}:${kind}:${name}`);
      }
    }
  }
  for (const [zone, action] of Object.entries(zones.acls ?? {})) {
    files[`${zone}.acl`] = `0.0.0.0/0 ${action}\n`;
    files[`${zone}.ip4set`] = "127.0.0.2\n";
    datasets.push(`${zone}:acl:${zone}.acl`, `${zone}:ip4set:${zone}.ip4set`);
  }
  return { files, datasets };
}

// Several codes for one address need a dataset each: rbldnsd joins them.
function byCode(entries: Readonly<Record<string, readonly string[]>>): Map<string, readonly string[]> {
  const codes = new Map<string, readonly string[]>();
  for (const [address, own] of Object.entries({ "127.0.0.2": ["127.0.0.2"], ...entries })) {
    for (const code of own) codes.set(code, [...(codes.get(code) ?? []), address]);
  }
  return codes;
}

function plain(addresses: readonly string[], mark: "." | ":"): string {
  const own = addresses.filter((address) => address.includes(":") === (mark === ":"));
  return own.map((address) => `${address}\n`).join("");
}

/** Where the servers are: a folder and ports on loopback. */
export interface Servers {
  readonly directory: string;
  /** rbldnsd's port. */
  readonly lists: number;
  /** nsd's port; undefined when it does not run. */
  readonly authority: number | undefined;
  /** unbound's own port. */
  readonly port: number;
  /** Its port for HTTPS; undefined when it has none. */
  readonly doh: (Certificate & { readonly port: number }) | undefined;
}

/** unbound's files; it writes each question to queries.log. */
export function unboundFiles(zones: TestZones, place: Servers): Files {
  const served = [...Object.keys(zones.lists ?? {}), ...Object.keys(zones.acls ?? {}), ...failing(zones)];
  const stub = (port: number | undefined) => (zone: string) =>
    `stub-zone:\n  name: "${zone}"\n  stub-addr: 127.0.0.1@${port}\n  stub-first: no`;
  const conf = [
    "server:",
    ...serverOptions(place),
    '  local-zone: "test." nodefault',
    ...Object.entries(zones.faults ?? {}).flatMap(faultLines),
    'auth-zone:\n  name: "."\n  zonefile: "root.zone"\n  for-upstream: yes\n  for-downstream: no\n  fallback-enabled: no',
    ...served.map(stub(place.lists)),
    ...Object.keys(zones.authority ?? {}).map(stub(place.authority)),
    "remote-control:\n  control-enable: no",
  ];
  return { "unbound.conf": `${conf.join("\n")}\n`, "root.zone": rootZone(zones.records ?? []) };
}

function serverOptions({ directory, port, doh }: Servers): readonly string[] {
  const options = {
    directory: `"${directory}"`,
    port,
    username: '""',
    chroot: '""',
    pidfile: '""',
    "use-syslog": "no",
    logfile: `"${directory}/queries.log"`,
    "log-queries": "yes",
    "do-ip6": "no",
    "do-not-query-localhost": "no",
    "num-threads": 1,
    "module-config": '"iterator"',
    "qname-minimisation": "no",
    "harden-below-nxdomain": "no",
    "unblock-lan-zones": "yes",
    "cache-max-ttl": 0,
  };
  const lines = Object.entries({ ...options, ...(doh && httpsOptions(doh)) });
  return [
    `  interface: 127.0.0.1`,
    ...(doh ? [`  interface: 127.0.0.1@${doh.port}`] : []),
    ...lines.map(([name, value]) => `  ${name}: ${value}`),
  ];
}

function httpsOptions({ port, keyFile, certificateFile }: NonNullable<Servers["doh"]>) {
  return {
    "https-port": port,
    "http-endpoint": '"/dns-query"',
    "tls-service-key": `"${keyFile}"`,
    "tls-service-pem": `"${certificateFile}"`,
  };
}

// rbldnsd refuses a zone that it does not serve, and unbound makes SERVFAIL of that.
function failing(zones: TestZones): readonly string[] {
  return Object.entries(zones.faults ?? {}).flatMap(([zone, fault]) => (fault === "servfail" ? [zone] : []));
}

function faultLines([zone, fault]: readonly [string, Fault]): readonly string[] {
  if (fault === "servfail") return [];
  if (typeof fault === "object") {
    return [`  local-zone: "${zone}." redirect`, `  local-data: "${zone}. A ${fault.address}"`];
  }
  const kinds = { refuse: "always_refuse", drop: "always_deny", nodata: "always_nodata" };
  return [`  local-zone: "${zone}." ${kinds[fault]}`];
}

function rootZone(records: readonly string[]): string {
  const head = [
    "$TTL 60",
    ". 60 IN SOA ns.test. root.test. 1 60 60 60 60",
    ". 60 IN NS ns.test.",
    "ns.test. 60 IN A 127.0.0.1",
  ];
  return `${[...head, ...records].join("\n")}\n`;
}
