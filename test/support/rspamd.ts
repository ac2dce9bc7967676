// Runs rspamd, the spam filter of many mail servers, as a judge that knows nothing of us: it asks the test's DNS and nobody else.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "./dns-ports.ts";
import { program, type Running, settle } from "./dns-process.ts";

/** A mail as rspamd gets it from a mail server. */
export interface JudgedMail {
  readonly ip: string;
  readonly helo: string;
  /** The envelope sender. */
  readonly sender: string;
  /** The domain of the From header. */
  readonly headerFrom: string;
}

/** A running rspamd. */
export interface Judge {
  /** The names of its symbols for a mail: "RBL_SPAMHAUS_PBL", "R_SPF_ALLOW". */
  symbols(mail: JudgedMail): Promise<readonly string[]>;
  stop(): Promise<void>;
}

/** Starts rspamd on top of the DNS server at "127.0.0.1:PORT". */
export async function startRspamd(dns: string): Promise<Judge> {
  const rspamd = program("rspamd");
  return settle(async (place) => {
    const { directory } = place;
    const port = await freePort();
    place.write(configuration({ dns, port, controller: await freePort(), directory }));
    for (const folder of ["db", "log", "run"]) mkdirSync(join(directory, folder));
    const folders = { LOCAL_CONFDIR: "conf", DBDIR: "db", LOGDIR: "log", RUNDIR: "run" };
    const variables = Object.entries(folders).flatMap(([name, own]) => ["--var", `${name}=${join(directory, own)}`]);
    // -i: as root it would not start otherwise.
    const running = place.run(rspamd, ["-f", "-i", "-c", "/etc/rspamd/rspamd.conf", ...variables]);
    const base = `http://127.0.0.1:${port}`;
    await ready(running, base);
    return { symbols: (mail) => judge(base, mail), stop: place.stop };
  });
}

interface Wanted {
  readonly dns: string;
  readonly port: number;
  readonly controller: number;
  readonly directory: string;
}

function configuration({ dns, port, controller, directory }: Wanted): Readonly<Record<string, string>> {
  const local = {
    "options.inc": [
      `dns { nameserver = ["${dns}"]; timeout = 2s; }`,
      // Debian's list of 9,000 top-level domains takes 20 s to compile.
      `url_tld = "${directory}/tld.dat";`,
      "disable_hyperscan = true;",
    ].join("\n"),
    "worker-normal.inc": `bind_socket = "127.0.0.1:${port}"; count = 1;`,
    "worker-controller.inc": `bind_socket = "127.0.0.1:${controller}"; count = 1;`,
    "worker-proxy.inc": "enabled = false;",
    "fuzzy_check.conf": "enabled = false;",
    "rbl.conf": "rbls { spamhaus { disable_monitoring = true; } }",
  };
  const files = Object.entries(local).map(([name, text]) => [`conf/local.d/${name}`, `${text}\n`]);
  return { ...Object.fromEntries(files), "tld.dat": "com\nnet\norg\ntest\n" };
}

// It may take a while on a busy machine: a minute.
async function ready(running: Running, base: string): Promise<void> {
  const end = Date.now() + 60_000;
  while (Date.now() < end && running.alive()) {
    const answer = await fetch(`${base}/ping`, { signal: AbortSignal.timeout(2_000) }).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`rspamd did not start: ${running.said()}`);
}

async function judge(base: string, { ip, helo, sender, headerFrom }: JudgedMail): Promise<readonly string[]> {
  const headers = { IP: ip, Helo: helo, From: sender };
  const message = [
    `From: someone@${headerFrom}`,
    "To: reader@example.com",
    "Subject: A test",
    "Date: Mon, 23 Nov 2026 12:00:00 +0000",
    `Message-ID: <1@${headerFrom}>`,
    "",
    "Hello.",
    "",
  ];
  const signal = AbortSignal.timeout(20_000);
  const answer = await fetch(`${base}/checkv2`, { method: "POST", headers, body: message.join("\r\n"), signal });
  const said: unknown = await answer.json();
  const symbols = typeof said === "object" && said !== null && "symbols" in said ? said.symbols : undefined;
  if (typeof symbols !== "object" || symbols === null) throw new Error(`rspamd said ${JSON.stringify(said)}`);
  return Object.keys(symbols);
}
