// Sendmail as a server under test: it keeps what it takes until a queue run delivers it, with as many runners as it may open sessions.
import { type Duty, type MailServer, startSyslog, syslogs } from "./mta.ts";
import { sendmailConfiguration } from "./sendmail-cf.ts";
import { serverProgram } from "./serverHome.ts";

/** Sendmail, with Debian's log level. */
export const sendmail: MailServer = {
  name: "Sendmail",
  start: async (home, duty) => {
    await startSyslog(home);
    home.write({
      "etc/mail/sendmail.cf": sendmailConfiguration(home, macros(duty)),
      "etc/mail/service.switch": "hosts files\naliases files\n",
    });
    home.start([serverProgram.sendmail, "-bD", "-Lsm-mta"]);
    return () => {
      home.start([serverProgram.sendmail, "-q", "-Lsm-mta"]);
    };
  },
  logs: syslogs,
  outcome: /: (\w{14}): to=.* stat=(?!queued)/g,
};

function macros({ port, relay, sessions }: Duty): string {
  return `OSTYPE(\`debian')dnl
FEATURE(\`nocanonify')dnl
FEATURE(\`no_default_msa')dnl
FEATURE(\`accept_unresolvable_domains')dnl
define(\`confDOMAIN_NAME', \`mail.example.org')dnl
define(\`confDELIVERY_MODE', \`queueonly')dnl
define(\`confSERVICE_SWITCH_FILE', \`/etc/mail/service.switch')dnl
define(\`confTO_IDENT', \`0')dnl
define(\`confDONT_PROBE_INTERFACES', \`true')dnl
define(\`SMART_HOST', \`esmtp:[${relay.host}]')dnl
define(\`ESMTP_MAILER_ARGS', \`TCP $h ${relay.port}')dnl
DAEMON_OPTIONS(\`Port=${port}, Addr=127.0.0.1, Name=MTA')dnl
QUEUE_GROUP(\`mqueue', \`P=/var/spool/mqueue, F=f, R=${sessions}')dnl
MAILER(\`smtp')dnl
`;
}
