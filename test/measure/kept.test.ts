// Sessions that carry more than one line: kept connections, several recipients, hosts that failed before the last.
import assert from "node:assert/strict";
import { test } from "node:test";
import { onlyMeasured } from "./measured.ts";

const host = "cxr.mx.a.cloudfilter.net";
const ip = "198.51.100.7";

interface PostfixLine {
  readonly time: string;
  readonly id: string;
  readonly pid?: number;
  readonly to?: string;
  readonly use?: number;
  readonly delays?: string;
  readonly said?: string;
  readonly ip?: string;
}

const sent = "status=sent (250 2.0.0 Ok)";

function postfix(line: PostfixLine): string {
  const { time, id, pid = 904, to = "pat@cox.net", use, delays = "0/0/0.02/1.5", said = sent } = line;
  const kept = use === undefined ? "" : `conn_use=${use}, `;
  return `2026-11-23T10:02:${time}+00:00 mx1 postfix/smtp[${pid}]: ${id}: to=<${to}>, relay=${host}[${line.ip ?? ip}]:25, ${kept}delay=2, delays=${delays}, dsn=2.0.0, ${said}`;
}

function log(...lines: readonly string[]): string {
  return `${lines.join("\n")}\n`;
}

test("conn_use= continues a session, also in another process, and counts its messages", () => {
  const text = log(
    postfix({ time: "07.000000", id: "4VtCqB1abcz1" }),
    postfix({ time: "07.600000", id: "4VtCqB1abcz2", pid: 905, use: 2, delays: "0/0/0/0.5" }),
    postfix({ time: "08.300000", id: "4VtCqB1abcz3", use: 3, delays: "0/0/0/0.5" }),
  );
  const { sessions, peak, messages } = onlyMeasured("postfix", text);
  assert.deepEqual(sessions, { count: 1, mostMessages: 3, meanMessages: 3 });
  assert.deepEqual([peak.sessions, peak.least], [1, 1]);
  assert.equal(messages.perMinute.count, 3);
});

test("two kept connections stay two, each with its own messages", () => {
  const text = log(
    postfix({ time: "07.000000", id: "4VtCqB1abcz1" }),
    postfix({ time: "07.010000", id: "4VtCqB1abcz2", pid: 905 }),
    postfix({ time: "08.000000", id: "4VtCqB1abcz3", use: 2, delays: "0/0/0/0.9" }),
    postfix({ time: "08.010000", id: "4VtCqB1abcz4", pid: 905, use: 2, delays: "0/0/0/0.9" }),
  );
  const { sessions, peak } = onlyMeasured("postfix", text);
  assert.deepEqual(sessions, { count: 2, mostMessages: 2, meanMessages: 2 });
  assert.equal(peak.sessions, 2);
});

test("a connection whose beginning is not in the log still tells how many messages it carried", () => {
  const { sessions } = onlyMeasured("postfix", log(postfix({ time: "07.000000", id: "4VtCqB1abcz1", use: 17 })));
  assert.deepEqual([sessions.count, sessions.mostMessages], [1, 17]);
});

test("several recipients of one message over one session are one session and one message", () => {
  const lines = ["pat", "sam", "kim"].map((name) =>
    postfix({ time: "07.000000", id: "4VtCqB1abcz1", to: `${name}@cox.net` }),
  );
  const { sessions, attempts, messages, recipients } = onlyMeasured("postfix", log(...lines));
  assert.deepEqual([sessions.count, attempts, messages.perMinute.count, recipients.perMinute.count], [1, 3, 1, 3]);
});

test("a recipient that is refused on the way does not end the session of the others", () => {
  const text = log(
    postfix({
      time: "06.000000",
      id: "4VtCqB1abcz1",
      to: "nobody@cox.net",
      delays: "0/0/0.02/0.5",
      said: `status=bounced (host ${host}[${ip}] said: 550 5.1.1 no such user (in reply to RCPT TO command))`,
    }),
    postfix({ time: "07.000000", id: "4VtCqB1abcz1" }),
  );
  const { sessions, refused, accepted } = onlyMeasured("postfix", text);
  assert.deepEqual([sessions.count, refused, accepted], [1, 1, 1]);
});

test("a message that the same process tries again later opens a new session", () => {
  const said = `status=deferred (host ${host}[${ip}] refused to talk to me: 421 blocked. AUP#CXCNCT)`;
  const text = log(
    postfix({ time: "07.000000", id: "4VtCqB1abcz1", delays: "0/0/0.02/0", said }),
    postfix({ time: "37.000000", id: "4VtCqB1abcz1", delays: "30/0/0.02/0", said }),
  );
  const { sessions, retries } = onlyMeasured("postfix", text);
  assert.equal(sessions.count, 2);
  assert.deepEqual(retries, { count: 1, median: 30_000, shortest: 30_000 });
});

test("a host that refuses before the next one accepts is a session of its own, but never at the same time", () => {
  const first = `2026-11-23T10:02:06.400000+00:00 mx1 postfix/smtp[904]: 4VtCqB1abcz1: host ${host}[198.51.100.9] refused to talk to me: 421 blocked. AUP#CXCNCT`;
  const { sessions, peak } = onlyMeasured("postfix", log(first, postfix({ time: "07.900000", id: "4VtCqB1abcz1" })));
  assert.deepEqual([sessions.count, peak.sessions, peak.most], [2, 1, 1]);
});

test("no connection is no session: a host that does not answer is put off, and opens none", () => {
  const text = log(
    `2026-11-23T10:02:06.400000+00:00 mx1 postfix/smtp[904]: 4VtCqB1abcz1: to=<pat@cox.net>, relay=none, delay=30, delays=0/0/30/0, dsn=4.4.1, status=deferred (connect to ${host}[${ip}]:25: Connection timed out)`,
    postfix({ time: "07.000000", id: "4VtCqB1abcz2", pid: 905 }),
  );
  const { sessions, deferred, peak } = onlyMeasured("postfix", text);
  assert.deepEqual([sessions.count, deferred, peak.most], [1, 1, 1]);
});

test("the retry daemon repeats an old refusal without a session, and local delivery leaves no trace", () => {
  const text = log(
    `2026-11-23T10:02:06.400000+00:00 mx1 postfix/error[910]: 4VtCqB1abcz1: to=<pat@cox.net>, relay=none, delay=30, delays=30/0/0/0, dsn=4.0.0, status=deferred (delivery temporarily suspended: host ${host}[${ip}] refused to talk to me: 421 blocked. AUP#CXCNCT)`,
    "2026-11-23T10:02:06.500000+00:00 mx1 postfix/local[911]: 4VtCqB1abcz3: to=<root@example.org>, relay=local, delay=0, delays=0/0/0/0, dsn=2.0.0, status=sent (delivered to mailbox)",
    postfix({ time: "07.000000", id: "4VtCqB1abcz2" }),
  );
  assert.equal(onlyMeasured("postfix", text).attempts, 1);
});

const exim = (time: string, rest: string) => `2026-11-23 10:02:${time} +0000 ${rest}`;

test("an Exim connection that is handed on, marked by *, is one session with several messages", () => {
  const text = log(
    exim("05.000", "1xVYbA-000100-19 <= news@example.org H=(app) [127.0.0.1] P=esmtp S=471"),
    exim("07.000", `1xVYbA-000100-19 => pat@cox.net R=dnslookup T=remote_smtp H=${host} [${ip}] C="250 Ok" DT=1.500s`),
    exim("07.900", `1xVYbA-000101-19 => sam@cox.net R=dnslookup T=remote_smtp H=${host} [${ip}]* C="250 Ok" DT=0.800s`),
    exim("08.500", `1xVYbA-000102-19 => kim@cox.net R=dnslookup T=remote_smtp H=${host} [${ip}]* C="250 Ok" DT=0.500s`),
  );
  const { sessions, peak } = onlyMeasured("exim", text);
  assert.deepEqual(sessions, { count: 1, mostMessages: 3, meanMessages: 3 });
  assert.equal(peak.sessions, 1);
});

test("Exim's line on a host and its line on the message are one refusal of one session", () => {
  const said = "SMTP error from remote mail server after initial connection: 421 blocked. AUP#CXCNCT";
  const text = log(
    exim("07.000", `[5113] 1xVYfu-0001Iv-1s H=${host} [${ip}]: ${said}`),
    exim(
      "07.006",
      `[5056] 1xVYfu-0001Iv-1s == pat@cox.net R=dnslookup T=remote_smtp defer (0) H=${host} [${ip}] DT=0.029s: ${said}`,
    ),
  );
  const { attempts, deferred, sessions, refusals } = onlyMeasured("exim", text);
  assert.deepEqual([attempts, deferred, sessions.count, refusals["cox/CXCNCT"]?.count], [1, 1, 1, 1]);
});

test("a line of Sendmail's that names several recipients is one session with all of them", () => {
  const text = log(
    `Nov 23 10:02:07 mx1 sendmail[2950]: 6ANIP11c002926: to=<pat@cox.net>,<sam@cox.net>, delay=00:00:02, xdelay=00:00:02, mailer=esmtp, pri=30274, relay=${host}. [${ip}], dsn=2.0.0, stat=Sent (Ok)`,
  );
  const { sessions, recipients, attempts, accepted } = onlyMeasured("sendmail", text);
  assert.deepEqual([sessions.count, recipients.perMinute.count, attempts, accepted], [1, 2, 2, 2]);
});

test("a queue run of Sendmail's holds one session to a host, and keeps it for the next message", () => {
  const line = (time: string, id: string, pid: number) =>
    `Nov 23 10:02:${time} mx1 sendmail[${pid}]: ${id}: to=<pat@cox.net>, delay=00:10:00, xdelay=00:00:02, mailer=esmtp, pri=30274, relay=${host}. [${ip}], dsn=2.0.0, stat=Sent (Ok)`;
  const text = log(
    line("07", "6ANIP11c002921", 2370),
    line("09", "6ANIP11c002922", 2370),
    line("11", "6ANIP11c002923", 2370),
    line("11", "6ANIP11c002924", 2371),
  );
  const { sessions, peak } = onlyMeasured("sendmail", text);
  assert.deepEqual([sessions.count, sessions.mostMessages, peak.most], [2, 3, 2]);
});

test("two queue runs of Exim's deliver one message each at a time, though no line says which run had it", () => {
  const plain = (time: string, rest: string) => `2026-11-23 10:02:${time} ${rest}`;
  const messages = Array.from({ length: 6 }, (_, index) => `1xVYbA-00010${index}-19`);
  const arrivals = messages.map((id) => plain("00", `${id} <= news@example.org H=(app) [127.0.0.1] P=esmtp S=471`));
  const runs = ["1034", "1035"].map((pid) => plain("01", `Start queue run: pid=${pid}`));
  const deliveries = messages.map((id, index) =>
    plain(
      `0${3 + 2 * Math.floor(index / 2)}`,
      `${id} => u${index}@cox.net R=dnslookup T=remote_smtp H=${host} [198.51.100.${index}] C="250 Ok"`,
    ),
  );
  const { peak, sessions } = onlyMeasured("exim", log(...arrivals, ...runs, ...deliveries));
  assert.deepEqual([peak.sessions, peak.most, sessions.count], [2, 2, 6]);
});

test("the connection that became free last is the one that goes on, and another one stays idle", () => {
  const text = log(
    postfix({ time: "07.000000", id: "4VtCqB1abcz1" }),
    postfix({ time: "07.200000", id: "4VtCqB1abcz2", pid: 905, delays: "0/0/0.02/1.7" }),
    postfix({ time: "08.000000", id: "4VtCqB1abcz3", pid: 906, use: 2, delays: "0/0/0/0.79" }),
  );
  const { sessions, peak } = onlyMeasured("postfix", text);
  assert.deepEqual([sessions.count, sessions.mostMessages, peak.sessions], [2, 2, 2]);
});
