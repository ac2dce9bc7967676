// Exim as a server under test: by queue runners, as many as it may open sessions, or at once, each message by a process of its own.
import type { Duty, MailServer } from "./mta.ts";
import { type ServerHome, serverProgram } from "./serverHome.ts";

/** What Debian's configuration has Exim log. */
const debianSelector = "+smtp_protocol_error +smtp_syntax_error +tls_certificate_verified +tls_peerdn";

/** How a server under test delivers, and what it logs besides what Debian's Exim logs: Exim's log_selector. */
interface EximOptions {
  readonly log?: string;
  /** It delivers each message when it gets it, over as many sessions as there are messages. */
  readonly atOnce?: boolean;
}

/** Exim; unless told otherwise it keeps what it gets for queue runners, and logs what Debian's Exim logs. */
export function exim({ log = "", atOnce = false }: EximOptions = {}): MailServer {
  const extra = [
    `log_selector = ${debianSelector} ${log}`,
    atOnce ? "smtp_accept_queue_per_connection = 0" : "queue_only",
  ];
  return {
    name: "Exim",
    start: async (home, duty) => {
      home.write({ "etc/exim4/exim4.conf": `${extra.join("\n")}\n${configuration(duty)}` });
      home.start([serverProgram.exim, "-bdf"]);
      return () => {
        if (!atOnce) startRunners(home, duty.sessions);
      };
    },
    logs: { mainlog: "var/log/exim4/mainlog" },
    outcome: /^\S+ \S+ (?:\[\d+\] )?(\S{6}-\S{6,11}-\S{2,4}) (?:=>|==|\*\*) /gm,
  };
}

function startRunners(home: ServerHome, count: number): void {
  for (let runner = 0; runner < count; runner++) home.start([serverProgram.exim, "-q"]);
}

function configuration({ port, relay }: Duty): string {
  return `primary_hostname = mail.example.org
keep_environment =
local_interfaces = 127.0.0.1
daemon_smtp_ports = ${port}
acl_smtp_rcpt = accept
begin routers
cox:
  driver = manualroute
  domains = cox.net
  transport = remote_smtp
  route_list = * ${relay.host} byname
  self = send
begin transports
remote_smtp:
  driver = smtp
  port = ${relay.port}
  allow_localhost
begin retry
* * F,1d,15m
`;
}
