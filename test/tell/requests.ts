// Requests for the tests of letters: real log lines, moved to other days where a refusal has to last.
import { readFileSync } from "node:fs";
import { analyse } from "../../server/src/analyse.ts";
import { readAddress } from "../../server/src/check/address.ts";
import type { Measurement } from "../../server/src/measurement.ts";
import type { Finding, Report, Row } from "../../server/src/model.ts";
import type { Draft, RequestRefusal } from "../../server/src/protocol.ts";
import { type Besides, gather, requestFor } from "../../server/src/request.ts";
import { known } from "./findings.ts";
import { noMail, reportWith, rowWith } from "./reports.ts";

/** The sender of these letters; documentation, RFC 5737. */
export const ip = "203.0.113.25";

const postfix = readFileSync(new URL("../logs/real/postfix-maillog.log", import.meta.url), "utf8");

/** Real Postfix lines of 23 November that hold these words. */
export function realLines(words: string): readonly string[] {
  const found = postfix.split("\n").filter((line) => line.includes(words));
  if (found.length === 0) throw new TypeError(`no line holds ${words}`);
  return found;
}

/** The lines, each on a day of its own: the 23rd, the 24th, … */
export function onDays(lines: readonly string[]): readonly string[] {
  return lines.map((line, day) => line.replace("Nov 23", `Nov ${Math.min(23 + day, 30)}`));
}

/** The findings of these lines, in a file that was written at the end of 2026. */
export function findingsIn(lines: readonly string[]): readonly Finding[] {
  const fileDate = new Date("2026-12-01T00:00:00Z");
  return analyse(`${lines.join("\n")}\n`, { fileDate, certain: true })?.findings ?? [];
}

/** What a test changes. */
export interface Own extends Partial<Besides> {
  readonly address?: string | undefined;
}

/** The answer to a request about a page of the catalogue, with these lines as the log. */
export function answerTo(page: string, lines: readonly string[], own: Own = {}): Draft | RequestRefusal {
  const { address = ip, ...besides } = own;
  const gathering = gather(
    known(page),
    "address" in own && own.address === undefined ? undefined : readAddress(address),
  );
  for (const finding of findingsIn(lines)) gathering.add(finding);
  return requestFor(gathering, { reports: [], now: new Date("2026-11-24T12:00:00Z"), ...besides });
}

/** The letter, which there must be. */
export function letterTo(page: string, lines: readonly string[], own: Own = {}): Draft {
  const answer = answerTo(page, lines, own);
  if ("refused" in answer) throw new TypeError(`no letter: ${answer.refused}`);
  return answer;
}

/** Why there is no letter, which there must not be. */
export function whyNot(page: string, lines: readonly string[], own: Own = {}): string {
  const answer = answerTo(page, lines, own);
  if ("refused" in answer) return answer.refused;
  throw new TypeError(`there is a letter: ${answer.subject}`);
}

const sound = { verdict: "pass", lists: [], remedy: undefined, link: undefined } as const;

/** A row that found the address in order. */
export function goodRow(own: Partial<Row>): Row {
  return rowWith({ ...sound, probe: "other", asked: [], answers: [], answer: "In order.", ...own });
}

/** A check of the sender that found reverse DNS in order and three lists without it. */
export function goodCheck(own: Partial<Report> = {}): Report {
  const lists = ["Spamhaus ZEN", "SpamCop", "PSBL"].map((name) =>
    rowWith({ id: name.toLowerCase(), question: `Is it on ${name}?`, verdict: "not-listed", lists: [] }),
  );
  return reportWith({
    subject: {
      address: { text: ip, family: 4, class: "public", explanation: undefined },
      mail: { ...noMail, helo: "mx1.example.org" },
      refusal: undefined,
    },
    rows: [
      goodRow({ id: "ptr", asked: ["25.113.0.203.in-addr.arpa PTR"], answers: ["mx1.example.org"] }),
      goodRow({ id: "fcrdns" }),
      ...lists,
      rowWith({ id: "b.barracudacentral.org", question: "Is it on Barracuda?", verdict: "blocked", lists: [] }),
    ],
    conclusion: "not-explained",
    started: "2026-11-24T09:30:00.000Z",
    ...own,
  });
}

const moment = Date.parse("2026-11-23T18:16:20Z");
const rate = { count: 0, at: 0, line: 0 };

/** What a log shows of Cox, with so many sessions open when each refusal came. */
export function measuredWith(sessions: readonly number[], own: Partial<Measurement> = {}): Measurement {
  const most = Math.max(...sessions);
  const at = sessions.map((open, line) => ({ line, at: moment, sessions: open, least: open, most: open }));
  return {
    ...{ provider: "cox", host: "cxr.mx.a.cloudfilter.net", sourceIp: undefined, format: "postfix" },
    ...{ attempts: 30, accepted: 20, deferred: 10, refused: 0, first: moment, last: moment + 60_000 },
    peak: { sessions: most, least: most, most, at: moment, line: 0 },
    sessions: { count: 30, mostMessages: 1, meanMessages: 1 },
    messages: { perMinute: rate, perHour: rate },
    recipients: { perMinute: rate, perHour: rate },
    ...{ acceptedBefore: 10, stretches: [], retries: undefined, recipientDomains: [], senderDomains: [] },
    series: {
      ...{ start: moment - 60_000, step: 60_000, sessions: [2, most, 1], accepted: [7, 20, 5], refused: [0, 10, 0] },
      lines: [undefined, 0, undefined],
    },
    refusals: { "cox/CXCNCT": { count: sessions.length, acceptedBefore: 10, at } },
    method: "counted",
    ...own,
  };
}
