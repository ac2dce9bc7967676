// Lines of mail logs for the journeys; all names and addresses are of those set aside for examples, but for Cox's own.

const smtp = "2024-06-03T10:02:07+00:00 mx1 postfix/smtp[911]: 4VtCqB1abcz9:";

/** A delivery to Cox that was refused with this reply. */
export function coxRefusal(reply: string, recipient = "pat@cox.net"): string {
  const status = reply.startsWith("4") ? "deferred" : "bounced";
  return `${smtp} to=<${recipient}>, relay=cxr.mx.a.cloudfilter.net[192.0.2.8]:25, delay=1, delays=0/0/0.5/0.5, dsn=4.0.0, status=${status} (host cxr.mx.a.cloudfilter.net[192.0.2.8] refused to talk to me: ${reply})`;
}

/** Cox's words for too many connections. */
export const tooMany =
  "421 cmsmtp 203.0.113.7 blocked. Refer to Error Codes section at https://www.cox.com/residential/support/email-error-codes.html for more information. AUP#CXCNCT";

/** A temporary refusal, a permanent one that decodes to Spamhaus, and one of our own. */
export const threeKinds = [
  coxRefusal(tooMany),
  coxRefusal(tooMany.replace("421", "554").replace("CXCNCT", "IPBL0001")),
  "2024-06-03T10:02:09+00:00 mx1 postfix/smtpd[915]: NOQUEUE: reject: RCPT from unknown[198.51.100.9]: 554 5.7.1 <a@example.org>: Relay access denied; from=<x@example.com> to=<a@example.org> proto=ESMTP helo=<h>",
  "2024-06-03T10:02:08+00:00 mx1 postfix/smtp[911]: 4VtCqB1abcz8: to=<kim@example.net>, relay=mx.example.net[192.0.2.25]:25, delay=1, delays=0/0/0.5/0.5, dsn=2.0.0, status=sent (250 2.0.0 Ok: queued as 5AB421)",
  "",
].join("\n");

/** An Exim main log with a refusal by Cox. */
export const exim =
  "2024-06-03 10:02:07 1xVYak-0000qW-26 ** pat@cox.net R=dnslookup T=remote_smtp H=cxr.mx.a.cloudfilter.net [192.0.2.8]: SMTP error from remote mail server after MAIL FROM:<a@example.org>: 550 5.1.0 <a@example.org> sender rejected. AUP#CXSNDR\n";

/** A Sendmail log with the same. */
export const sendmail =
  "Jun  3 10:02:07 mx1 sendmail[1372]: 453A27aa001370: to=<pat@cox.net>, delay=00:00:01, xdelay=00:00:01, mailer=esmtp, pri=120, relay=cxr.mx.a.cloudfilter.net. [192.0.2.8], dsn=5.1.0, reply=550 5.1.0 <a@example.org> sender rejected. AUP#CXSNDR, stat=Service unavailable\n";
