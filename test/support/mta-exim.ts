// Exim as a server under test: it keeps what it takes until queue runners deliver it, as many as it may open sessions.
import type { Duty, MailServer } from "./mta.ts";
import { serverProgram } from "./serverHome.ts";

/** What Debian's configuration has Exim log. */
export const debianSelector = "+smtp_protocol_error +smtp_syntax_error +tls_certificate_verified +tls_peerdn";

/** Exim that logs what this log_selector says. */
export function exim(selector: string = debianSelector): MailServer {
  return {
    name: "Exim",
    start: async (home, duty) => {
      home.write({ "etc/exim4/exim4.conf": configuration(duty, selector) });
      home.start([serverProgram.exim, "-bdf"]);
      return () => {
        for (let runner = 0; runner < duty.sessions; runner++) home.start([serverProgram.exim, "-q"]);
      };
    },
    logs: { mainlog: "var/log/exim4/mainlog" },
    outcome: /^[^=*]*? (\S{6}-\S{6,11}-\S{2,4}) (?:=>|==|\*\*) /gm,
  };
}

function configuration({ port, relay }: Duty, selector: string): string {
  return `primary_hostname = mail.example.org
keep_environment =
local_interfaces = 127.0.0.1
daemon_smtp_ports = ${port}
acl_smtp_rcpt = accept
queue_only
log_selector = ${selector}
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
