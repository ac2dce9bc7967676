// Tells reports as JSON for programs: one flat object a report; what is not known is null.
import type { Mail, Refusal, Report, Row } from "../model.ts";
import { safeJson } from "./json.ts";

/** One report as an object, several as `{"reports": […]}`; `indent` in blanks, 0 for one line. Safe to show in a terminal. */
export function reportJson(reports: readonly Report[], indent = 2): string {
  const records = reports.map(reportRecord);
  const value = records.length === 1 ? records[0] : { reports: records };
  return safeJson(value, indent);
}

function reportRecord({ subject, rows, verdict, conclusion, next, started, ended }: Report): object {
  const { address, mail, refusal } = subject;
  return {
    verdict,
    conclusion,
    next: next && { text: next.text, turn: next.turn },
    address: address.text,
    explanation: address.explanation,
    refusal: refusal && refusalRecord(refusal),
    mail: mailRecord(mail),
    started,
    ended,
    rows: rows.map(rowRecord),
  };
}

/** Lines count from 1, as people count. */
function refusalRecord({ entry, label, provider, time, line, seen, rule }: Refusal): object {
  return {
    ...{ entry, code: label, provider, standsFor: rule.standsFor, time },
    line: line === undefined ? undefined : line + 1,
    seen: seen && { count: seen.count, first: seen.first, last: seen.last },
  };
}

function mailRecord({ helo, sender, headerFrom, signatures, recipientDomain, assumed = [] }: Mail): object {
  return { helo, sender, headerFrom, dkim: signatures.map(keyName), recipientDomain, assumed };
}

function keyName({ domain, selector }: Mail["signatures"][number]): string {
  return `${selector}._domainkey.${domain}`;
}

function rowRecord(row: Row): object {
  const { probe, id, bearing, question, answer, verdict, lists, ms, age, remedy, turn, link } = row;
  const { resolver, asked, answers, details } = row;
  return {
    ...{ probe, id, bearing, question, answer, verdict, lists, ms, age, remedy, turn, link },
    ...{ resolver, asked, answers, details },
  };
}
