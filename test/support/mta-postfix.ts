// Postfix as a server under test: Debian's defaults, but for where it sends and how many sessions it may open.
import { chownSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { type Duty, type MailServer, startSyslog, syslogs } from "./mta.ts";
import { type ServerHome, serverProgram, users } from "./serverHome.ts";

/** Postfix with Debian's defaults, which keep connections open for the next message, for up to two idle seconds. */
export const postfix = postfixWith("");

/** Postfix that ends each session behind its message, and knows that it has ended. */
export const uncachedPostfix = postfixWith("smtp_connection_cache_on_demand = no\nsmtp_skip_quit_response = no\n");

function postfixWith(settings: string): MailServer {
  return {
    name: "Postfix",
    start: async (home, duty) => {
      await startSyslog(home);
      makeQueue(home);
      home.write({ "etc/postfix/main.cf": mainCf(duty) + settings, "etc/postfix/master.cf": masterCf(duty.port) });
      home.start([serverProgram.postfixMaster, "-d", "-c", "/etc/postfix"]);
      return () => {};
    },
    logs: syslogs,
    outcome: /: ([0-9A-F]+): to=.* status=/g,
  };
}

function mainCf({ relay, sessions }: Duty): string {
  return `compatibility_level = 3.6
myhostname = mail.example.org
mydestination =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
alias_maps =
smtp_host_lookup = native
transport_maps = inline:{cox.net=smtp:[${relay.host}]:${relay.port}}
initial_destination_concurrency = ${sessions}
default_destination_concurrency_limit = ${sessions}
`;
}

// As in Debian's file, without chroot: the whole server is in one.
function masterCf(port: number): string {
  const services = [
    `127.0.0.1:${port} inet n - n - - smtpd`,
    "cleanup unix n - n - 0 cleanup",
    "qmgr unix n - n 300 1 qmgr",
    "rewrite unix - - n - - trivial-rewrite",
    ...["bounce", "defer", "trace"].map((name) => `${name} unix - - n - 0 bounce`),
    "smtp unix - - n - - smtp",
    "error unix - - n - - error",
    "anvil unix - - n - 1 anvil",
    "scache unix - - n - 1 scache",
    "tlsmgr unix - - n 1000? 1 tlsmgr",
    "proxymap unix - - n - - proxymap",
  ];
  return `${services.join("\n")}\n`;
}

/** The folders that Postfix's start script would make. */
function makeQueue({ directory }: ServerHome): void {
  const queue = join(directory, "var", "spool", "postfix");
  const own = [
    "active",
    "bounce",
    "corrupt",
    "defer",
    "deferred",
    "flush",
    "hold",
    "incoming",
    "private",
    "saved",
    "trace",
  ];
  for (const name of [...own, "maildrop", "public", "pid"]) {
    mkdirSync(join(queue, name), { recursive: true });
    if (name !== "pid") chownSync(join(queue, name), users.postfix, users.postdrop);
  }
}
