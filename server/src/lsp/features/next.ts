// The next failing line of a log, for going from one to the other; from the last one to the first.
import { logMethods, type NextFailure } from "../../logProtocol.ts";
import { tellingSpan } from "../../tell/words.ts";
import type { Feature } from "../feature.ts";
import { digestIn, findingsOf } from "../known.ts";
import { member } from "../params.ts";
import type { Session } from "../session.ts";

export const next: Feature = {
  capabilities: () => ({}),
  register: ({ connection, session }) => {
    connection.onRequest(logMethods.next, (params: unknown): NextFailure | null => {
      const [uri, line] = [member(params, "uri"), member(params, "line")];
      if (typeof uri !== "string" || !Number.isSafeInteger(line)) return null;
      return nextIn(session, { uri, line: Number(line), back: member(params, "back") === true });
    });
  },
};

function nextIn(session: Session, { uri, line, back }: { uri: string; line: number; back: boolean }) {
  const lines = digestIn(session, uri)?.lines;
  const near = back ? lines?.before(line) : lines?.after(line);
  const found = near ?? lines?.at(back ? lines.length - 1 : 0);
  if (found === undefined) return null;
  const finding = findingsOf(session, uri).find(({ delivery }) => delivery.line === found);
  const span = finding === undefined ? { start: 0, end: 0 } : tellingSpan(finding.delivery);
  return { line: found, ...span, wrapped: near === undefined };
}
