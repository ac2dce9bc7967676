// The patterns that read times and sessions; a test proves that no line makes one of them run for ever.

/** A process's number behind its name: "smtp[1759]:", and in RFC 5424 "smtp 1759 - -". */
export const processNumber = /\[(\d{1,10})\]| (\d{1,10})(?= )/y;

/** Postfix: a before the queue manager, b in it, c until the connection stands (look-ups, other hosts, greeting, TLS), d transmission. */
export const postfixDelays =
  /, delays=(\d{1,7}(?:\.\d{1,6})?)\/(\d{1,7}(?:\.\d{1,6})?)\/(\d{1,7}(?:\.\d{1,6})?)\/(\d{1,7}(?:\.\d{1,6})?),/;

/** Postfix: which message over its connection it was. */
export const postfixUses = /, conn_use=(\d{1,6}),/;

/** Postfix: no connection came about. */
export const postfixSilent =
  /^\s{0,8}(?:connect to |Host or domain name not found|Name service error|unable to look up)/;

/** Postfix: daemons that repeat what an earlier host said, or never leave the machine. */
export const postfixInside = /(?:^|\/)(?:error|retry|local|virtual|pipe|bounce|discard)$/;

/** Postfix: daemons that speak to other hosts. */
export const postfixOutside = /(?:^|\/)(?:smtp|smtps|lmtp)$/;

/** Exim: what became of a message. */
export const eximFlags = /(\*\*|==|=>|->|<=) /y;

/** Exim: a queue run begins or ends. */
export const eximRun = / (Start|End) queue run: pid=(\d{1,10})(?= |$)/;

/** Exim: no connection came about. */
export const eximSilent =
  /^(?:Connection (?:refused|timed out)|No route to host|Network is unreachable|Host is (?:down|unreachable))/;

/** Exim's own process number, before the message's id. */
export const eximProcess = /\[(\d{1,10})\] $/;

/** Exim: "H=mx.example.net [192.0.2.1]*", from the bracket on: the connection was open before this message. */
export const eximKept = /^\](?::\d{1,5})?\*/;

/** Exim: our own address, as the socket had it. */
export const eximOwnIp = / I=\[([^\]\s]{2,45})\]/;

/** Exim: "DT=2.043s" with milliseconds, else whole seconds, cut off: "DT=12s", "DT=1m30s". */
export const eximLength = / DT=(?:(\d{1,4})d)?(?:(\d{1,4})h)?(?:(\d{1,4})m)?(?:(\d{1,6})(\.\d{1,6})?s)?(?=[ :]|$)/g;

/** Sendmail: no connection came about. */
export const sendmailSilent = /^Deferred: (?:Connection (?:refused|timed out)|No route|Network is unreachable|Host )/;

/** Sendmail: how long the transaction took, "00:00:02", "1+00:00:02". */
export const sendmailLength = /, xdelay=(?:(\d{1,4})\+)?(\d\d):(\d\d):(\d\d),/;

/** OpenSMTPD: an event of a session that it opened itself. */
export const opensmtpdEvent = /([0-9a-f]{16}) mta (?:event=)?(delivery|connecting|error) /;

/** qmail: a delivery starts. */
export const qmailStart = /\bstarting delivery (\d{1,10}): msg \d{1,20} to remote /;

/** qmail: a delivery has ended. */
export const qmailResult = /(?<!starting )\bdelivery (\d{1,10}): (?:success|failure|deferral): /;

/** qmail: no connection came about. */
export const qmailSilent = /^(?:Sorry, I (?:wasn't able to establish|couldn't find)|CNAME lookup failed)/;
