// Reports of checks as literals, with the names of one sender in every place where a real one has them.
import type { Mail, Refusal, Report, Row } from "../../server/src/model.ts";

/** The refusal of a Cox line. */
export const refusal: Refusal = {
  entry: "cox/IPBL0001",
  label: "AUP#IPBL0001",
  provider: "Cox",
  time: "2026-11-23T10:02:07",
  line: 11,
  seen: { count: 3, first: "2026-11-23T09:00:00", last: "2026-11-23T10:02:07" },
  rule: {
    standsFor: "a listing on Spamhaus ZEN",
    named: ["zen.spamhaus.org"],
    considered: ["fcrdns"],
    unseen: [],
    look: undefined,
    source: undefined,
  },
};

/** What nobody knows of the mail. */
export const noMail: Mail = {
  helo: undefined,
  sender: undefined,
  headerFrom: undefined,
  signatures: [],
  recipientDomain: undefined,
};

/** A row of the ZEN list, with what a test changes. */
export function rowWith(own: Partial<Row> = {}): Row {
  return {
    id: "zen.spamhaus.org",
    probe: "blocklist",
    bearing: "named",
    question: "Is it on Spamhaus ZEN?",
    asked: ["160.69.2.81.zen.spamhaus.org A"],
    answers: ["127.0.0.11"],
    answer: "The range is one that should not send mail by itself.",
    details: [],
    verdict: "listed",
    lists: ["PBL"],
    ms: 12.4,
    age: undefined,
    resolver: "192.168.1.1",
    remedy: "Send through your provider's relay.",
    turn: "you",
    link: "https://check.spamhaus.org/results?query=81.2.69.160",
    ...own,
  };
}

/** A finished report, with what a test changes. */
export function reportWith(own: Partial<Report> = {}): Report {
  return {
    subject: {
      address: { text: "81.2.69.160", family: 4, class: "public", explanation: undefined },
      mail: noMail,
      refusal,
    },
    rows: [rowWith()],
    verdict: "AUP#IPBL0001 stands for a listing on Spamhaus ZEN, and the address is on it at 2026-11-23T12:00Z (PBL).",
    conclusion: "explains",
    next: { text: "Send through your provider's relay.", turn: "you" },
    started: "2026-11-23T12:00:30.000Z",
    ended: "complete",
    ...own,
  };
}
