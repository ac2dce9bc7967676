// The files that make nsd the authoritative server of zones: real reverse zones, aliases, SPF, DKIM and DMARC records of any length.

/** Zone → its records as in a zone file, names in full: "mail.example.net. A 81.2.69.160". */
export type AuthorityZones = Readonly<Record<string, readonly string[]>>;

/** nsd's files; it writes nothing outside the folder. */
export function nsdFiles(zones: AuthorityZones, port: number): Readonly<Record<string, string>> {
  const options = {
    "ip-address": `127.0.0.1@${port}`,
    "server-count": 1,
    "do-ip6": "no",
    username: '""',
    chroot: '""',
    zonesdir: '""',
    database: '""',
    pidfile: '"nsd.pid"',
    xfrdfile: '"xfrd.state"',
    zonelistfile: '"zone.list"',
    xfrdir: '"."',
    // Tests ask faster than it allows one client by default.
    "rrl-ratelimit": 0,
    "log-only-syslog": "no",
  };
  const conf = [
    "server:",
    ...Object.entries(options).map(([name, value]) => `  ${name}: ${value}`),
    "remote-control:\n  control-enable: no",
    ...Object.keys(zones).map((zone) => `zone:\n  name: "${zone}"\n  zonefile: "${zone}.zone"`),
  ];
  const files = Object.entries(zones).map(([zone, records]) => [`${zone}.zone`, zoneFile(zone, records)]);
  return { "nsd.conf": `${conf.join("\n")}\n`, ...Object.fromEntries(files) };
}

function zoneFile(zone: string, records: readonly string[]): string {
  const head = [
    "$TTL 60",
    `${zone}. 60 IN SOA ns.${zone}. root.${zone}. 1 60 60 60 60`,
    `${zone}. 60 IN NS ns.${zone}.`,
    `ns.${zone}. 60 IN A 127.0.0.1`,
  ];
  return `${[...head, ...records].join("\n")}\n`;
}
