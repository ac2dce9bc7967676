// An explanation page with all that a log can add: judgements, two measurements, settings for two servers, practice, contacts.
import type { View } from "../../client/src/panel/page/messages.ts";
import type { JudgedClaim, Judgement, Series, Setting } from "../../server/src/measurement.ts";
import type { Source } from "../../server/src/model.ts";
import type { ExplanationPage, MeasuredPage, Step } from "../../server/src/protocol.ts";

const source: Source = {
  id: "cox",
  name: "Cox: Email Error Codes",
  url: "https://www.cox.com/residential/support/email-error-codes.html",
  date: "2025-03-11",
  checked: "2026-11-23",
  via: undefined,
};

const forum: Source = { ...source, id: "forum", name: "mailop: Cox refuses bursts", url: "https://lists.mailop.org/x" };

export const log = "file:///var/log/mail.log";
export const start = Date.UTC(2026, 10, 20, 10, 0, 0);

function claim(says: string, topic: string, judgement: Judgement | undefined): JudgedClaim {
  return { says, grade: topic === "connections" ? "provider" : "community", source, topic, judgement };
}

export const supported: Judgement = {
  verdict: "supported",
  words: "peak 14 sessions at 10:02:07, Cox publishes 10; the default of Postfix is 20.",
  line: 811,
};
export const contradicted: Judgement = {
  verdict: "contradicted",
  words: "The busiest hour held 212 messages, a tenth of the 2,000 that this source names.",
  line: 402,
};
export const cannotTell: Judgement = {
  verdict: "cannot-tell",
  words: "Whether the address is on a list stands in no log; check the address below.",
  line: undefined,
};

/** Five minutes in steps of five seconds, with a burst after two of them. */
function series(): Series {
  const count = 60;
  const at = (index: number) => index - 24;
  const sessions = Array.from({ length: count }, (_, index) => {
    if (at(index) >= 0 && at(index) < 6) return [4, 14, 13, 11, 7, 3][at(index)] ?? 0;
    return index % 7 === 0 ? 2 : index % 3 === 0 ? 1 : 0;
  });
  const refused = sessions.map((open, index) => Math.max(0, open - 10) * 2 + (index === 27 ? 3 : 0));
  const accepted = sessions.map((open) => Math.min(open, 10));
  const lines = sessions.map((open, index) => (open > 0 ? 700 + index * 4 : undefined));
  return { start, step: 5_000, sessions, accepted, refused, lines };
}

function timeOf(index: number): string {
  return new Date(start + index * 5_000).toISOString().slice(0, 19);
}

export function measuredOf(title: string, given: Partial<MeasuredPage> = {}): MeasuredPage {
  const shown = series();
  return {
    title,
    figures: [
      { label: "Most sessions at once", value: "14 (at least 13, at most 15)", line: 811 },
      { label: "When", value: "2026-11-20 10:02:07", line: undefined },
      { label: "Attempts", value: "143, of which 26 refused or put off (18 %)", line: undefined },
      { label: "Accepted before the first refusal", value: "61", line: 802 },
      { label: "Messages in one session", value: "3 at most, 1.4 on average", line: undefined },
      { label: "Busiest minute", value: "44 messages at 10:02", line: 800 },
      { label: "Longest time without an acceptance", value: "31 s", line: 815 },
      { label: "Tried again after", value: "5 min 10 s, the middle of 26", line: 930 },
    ],
    method:
      "Sessions were counted from the four delays of each line: a session is open from the end of the queue's delay until its line is written. The log's clock counts whole seconds, so the peak can be one session off.",
    series: shown,
    limits: [
      { value: 10, label: "Cox publishes 10" },
      { value: 20, label: "Postfix’s default, 20" },
    ],
    table: shown.sessions.flatMap((sessions, index) =>
      sessions === 0
        ? []
        : [
            {
              time: timeOf(index),
              sessions,
              accepted: shown.accepted[index] ?? 0,
              refused: shown.refused[index] ?? 0,
              line: shown.lines[index],
            },
          ],
    ),
    ...given,
  };
}

export const postfix: Setting = {
  server: "postfix",
  serverName: "Postfix",
  files: [
    {
      path: "/etc/postfix/transport",
      lines: [{ kind: "add", text: "cox.net\tcox:", why: "Mail for cox.net goes through a transport of its own." }],
    },
    {
      path: "/etc/postfix/main.cf",
      lines: [
        { kind: "context", text: "smtp_tls_security_level = may", why: undefined },
        { kind: "remove", text: "transport_maps =", why: "It names no table yet." },
        {
          kind: "add",
          text: "transport_maps = hash:/etc/postfix/transport",
          why: "Postfix looks the transport up in this table.",
        },
        {
          kind: "add",
          text: "cox_destination_concurrency_limit = 8",
          why: "At most 8 sessions at once, two below the 10 that Cox publishes.",
        },
      ],
    },
  ],
  commands: ["postmap /etc/postfix/transport", "postfix reload"],
  cost: "The burst of 10:02 would have taken about 50 s instead of 30 s; at other times nothing changes.",
  notes: ["Several servers behind one address share the limit: divide it by their number."],
  sources: [{ name: "Postfix: transport(5)", url: "https://www.postfix.org/transport.5.html" }],
};

export const exim: Setting = {
  ...postfix,
  server: "exim",
  serverName: "Exim",
  files: [
    {
      path: "/etc/exim4/exim4.conf",
      lines: [{ kind: "add", text: "remote_max_parallel = 2", why: "One message opens two sessions at most." }],
    },
  ],
};

const step: Step = {
  text: "Send only to people who asked for it, and keep the day and the way they did.",
  button: undefined,
  source: { name: "M3AAWG Sender Best Common Practices", url: "https://www.m3aawg.org/sender-bcp" },
};

/** The page of Cox's "too many connections" with a log that shows a burst. */
export function remedyPage(given: Partial<ExplanationPage> = {}): ExplanationPage {
  return {
    kind: "explanation",
    id: "cox/CXCNCT",
    code: "AUP#CXCNCT",
    provider: "Cox",
    title: "Too many connections at once, or too much mail, from this address",
    verdict: [
      { label: "Kind", value: "Temporary", tone: "warning" },
      { label: "Try again", value: "Your server does so by itself.", tone: "neutral" },
      { label: "Whose turn", value: "Yours", tone: "info" },
    ],
    meaning: ["Cox puts the session off because the address has too many open, or sends too much."],
    claims: [
      {
        topic: "connections",
        heading: "Too many connections at once",
        claims: [
          claim("A sending address may have at most 10 connections open at the same time.", "connections", supported),
          { ...claim("Cox counts parallel sessions and refuses the next.", "connections", supported), source: forum },
        ],
        evidence: "26 refusals came while 10 or more sessions were open.",
      },
      {
        topic: "rate",
        heading: "Too many messages in an hour",
        claims: [claim("The code means that more than 2,000 messages came in an hour.", "rate", contradicted)],
        evidence: undefined,
      },
      {
        topic: "reputation",
        heading: "A poor reputation",
        claims: [claim("The address stands on a blocklist.", "reputation", cannotTell)],
        evidence: undefined,
      },
    ],
    disputed: true,
    steps: [
      { ...step, text: "Open fewer connections to Cox.", button: { label: "Check 203.0.113.7", kind: "check-ip" } },
    ],
    decoded: undefined,
    measured: [measuredOf("Cox from 203.0.113.7"), measuredOf("Cox from 203.0.113.8")],
    settings: [postfix, exim],
    practice: [step, { ...step, text: "Let every reader leave by one click." }],
    noRequest: undefined,
    contacts: [
      {
        what: "Unblock requests",
        value: "unblock.request@cox.net",
        kind: "mail",
        usable: true,
        source,
        note: undefined,
      },
    ],
    notes: [],
    log: {
      uri: log,
      count: 26,
      first: "2026-11-20T10:02:06",
      last: "2026-11-20T10:02:40",
      recipients: { shown: ["a@cox.net"], total: 1 },
      sourceIps: { shown: ["203.0.113.7", "203.0.113.8"], total: 2 },
      places: [
        {
          line: 811,
          time: "2026-11-20T10:02:07",
          recipient: "a@cox.net",
          sourceIp: "203.0.113.7",
          words: "421 AUP#CXCNCT",
        },
      ],
      remarks: [],
    },
    checkIp: "203.0.113.7",
    sources: [{ name: source.name, url: source.url, date: source.date, checked: source.checked }],
    ...given,
  };
}

export function viewOf(page: ExplanationPage): View {
  return { state: "page", page, logOpen: page.log !== undefined };
}
