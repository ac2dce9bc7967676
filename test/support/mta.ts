// Lets a real mail server send a burst to a receiver that counts, and gives its logs with what really happened.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { freePort } from "./dns-ports.ts";
import { inject } from "./inject.ts";
import { type ReceiverOptions, receiverHost, startReceiver, type Truth } from "./receiver.ts";
import { openHome, type ServerHome, serverProgram } from "./serverHome.ts";

/** Where a server under test takes mail, where it sends it, and by how many sessions at once. */
export interface Duty {
  /** On 127.0.0.1. */
  readonly port: number;
  readonly relay: { readonly host: string; readonly port: number };
  readonly sessions: number;
}

/** How one mail server is set up in a home. */
export interface MailServer {
  readonly name: string;
  /** Writes its configuration and makes it listen. What it returns has it deliver what it kept, if it does not deliver by itself. */
  start(home: ServerHome, duty: Duty): Promise<() => void>;
  /** Its logs by name, as paths in the home. */
  readonly logs: Readonly<Record<string, string>>;
  /** Finds, in a log, what names a message in each line that says what became of it. */
  readonly outcome: RegExp;
}

/** A burst of messages to cox.net, each to another recipient. */
export interface Burst extends ReceiverOptions {
  readonly messages: number;
  /** How many sessions the server may open. */
  readonly sessions: number;
}

/** The logs of a burst, by name, and what the receiver counted. */
export interface Sent {
  readonly logs: Readonly<Record<string, string>>;
  readonly truth: Truth;
}

/** Sends a burst, waits until each message was delivered or put off once and no session is open, and ends everything. */
export async function send(server: MailServer, burst: Burst): Promise<Sent> {
  const receiver = await startReceiver(burst);
  const home = openHome();
  try {
    home.write({ "etc/hosts": `${home.read("etc/hosts")}${receiver.address} ${receiverHost}\n` });
    const relay = { host: receiverHost, port: receiver.port };
    const duty = { port: await freePort(), relay, sessions: burst.sessions };
    const release = await server.start(home, duty);
    await inject(
      duty.port,
      Array.from({ length: burst.messages }, (_, n) => `burst${n + 1}@cox.net`),
    );
    release();
    const truth = await settled(home, server, async () => {
      const seen = await receiver.seen();
      return seen.open === 0 && outcomes(home, server) >= burst.messages ? seen.truth : undefined;
    });
    const logs = Object.entries(server.logs).map(([name, path]) => [name, home.read(path)]);
    return { logs: Object.fromEntries(logs), truth };
  } finally {
    home.stop();
    await receiver.stop();
  }
}

/** How many messages have an outcome in every log. */
function outcomes(home: ServerHome, { logs, outcome }: MailServer): number {
  const ids = (path: string) => [...home.read(path).matchAll(outcome)].map(([, id]) => id);
  return Math.min(...Object.values(logs).map((path) => new Set(ids(path)).size));
}

/** Asks until there is an answer; fails with what the server wrote when there is none within half a minute. */
async function settled<T>(home: ServerHome, { logs, name }: MailServer, ask: () => Promise<T | undefined>): Promise<T> {
  for (const end = Date.now() + 30_000; Date.now() < end; await setTimeout(50)) {
    const answer = await ask();
    if (answer !== undefined) return answer;
  }
  const [log = ""] = Object.values(logs);
  throw new Error(`${name} did not deliver in time:\n${home.read("said")}\n${home.read(log)}`);
}

/** Starts rsyslog in a home and waits until it listens. It writes each line twice, with both of the stamps that Debian has had. */
export async function startSyslog(home: ServerHome): Promise<void> {
  home.write({ "etc/rsyslog.conf": rsyslogConfiguration });
  home.start([serverProgram.rsyslogd, "-n", "-iNONE"]);
  for (let attempt = 0; attempt < 400; attempt++) {
    if (existsSync(join(home.directory, "dev", "log"))) return;
    await setTimeout(25);
  }
  throw new Error(`rsyslog does not start: ${home.read("said")}`);
}

/** The logs that rsyslog writes. */
export const syslogs = { traditional: "var/log/traditional.log", rfc3339: "var/log/rfc3339.log" } as const;

const rsyslogConfiguration = `global(localHostname="mx1")
module(load="imuxsock")
*.* action(type="omfile" file="/${syslogs.traditional}" template="RSYSLOG_TraditionalFileFormat")
*.* action(type="omfile" file="/${syslogs.rfc3339}" template="RSYSLOG_FileFormat")
`;
