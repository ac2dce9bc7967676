// The request to a provider: drafted from an open log and the checks that were made, or refused with what helps instead.
import { ErrorCodes, RequestType, ResponseError } from "vscode-languageserver";
import { entryById, type Known } from "../../catalogue/data.ts";
import { groupBy } from "../../catalogue/group.ts";
import { readAddress } from "../../check/address.ts";
import { inquire } from "../../inquire.ts";
import type { Address, Finding } from "../../model.ts";
import { type Draft, type LoggedCode, methods, type RequestParams, type RequestRefusal } from "../../protocol.ts";
import { throttlesFor } from "../../remedy.ts";
import { type Besides, gather, noRequestFor, requestFor } from "../../request.ts";
import { findingPage } from "../../tell/pages.ts";
import { entryLabel } from "../../tell/words.ts";
import type { Feature } from "../feature.ts";
import { measurementsOf } from "../measuring.ts";
import { member } from "../params.ts";
import { readRequestParams } from "../reports.ts";
import type { Session } from "../session.ts";

export const request: Feature = {
  capabilities: () => ({}),
  register: ({ connection, session }) => {
    const type = new RequestType<unknown, Draft | RequestRefusal, void>(methods.request);
    connection.onRequest(type, (params) => {
      const read = readRequestParams(params);
      if (read === undefined) return new ResponseError(ErrorCodes.InvalidParams, "These name no page and log.");
      return drafted(session, read);
    });
    connection.onRequest(methods.loggedCodes, (params: unknown) => loggedCodes(session, params));
  },
};

function drafted(session: Session, { page, log: uri, ip, reports }: RequestParams): Draft | RequestRefusal {
  const known = entryById(page);
  if (known === undefined) return { refused: "The catalogue has no such code, so nothing is known about whom to ask." };
  const log = session.log(uri);
  if (session.scanned(uri) !== undefined) return { refused: tooLarge };
  if (log?.analysis === undefined)
    return { refused: "A letter needs the refusals themselves: open the log that holds them." };
  const { findings } = log.analysis;
  const address = readAddress(ip ?? mostFrequent(known, findings) ?? "");
  if (ip !== undefined && address === undefined) return { refused: "This is no IP address." };
  const gathering = gather(known, address);
  for (const finding of findings) gathering.add(finding);
  const helo =
    address && heloIn({ ...known, log: { text: log.document.getText(), findings, line: undefined } }, address);
  const measurements = measurementsOf(session, uri);
  return requestFor(gathering, { reports, helo, measurements, throttles: throttlesFor(measurements), now: new Date() });
}

const tooLarge =
  "This log is too large for the editor to hand over. Run “SMTP Log Lens: Show Failures Only” and draft the letter from there.";

const mostCodes = 200;

/** The codes of a log with which others refused us, the most frequent first. */
function loggedCodes(session: Session, params: unknown): readonly LoggedCode[] {
  const uri = member(params, "uri");
  const findings = (typeof uri === "string" ? session.log(uri)?.analysis?.findings : undefined) ?? [];
  const theirs = findings.filter(({ delivery }) => delivery.direction === "they-refused-us");
  const groups = [...groupBy(theirs, findingPage)].sort(([, a], [, b]) => b.length - a.length);
  return groups.slice(0, mostCodes).flatMap(([page, own]) => {
    const [first] = own;
    if (first === undefined) return [];
    const { entry, decoded } = first;
    const { title, providerName: provider } = entry;
    const code = entryLabel(entry, decoded?.bits);
    return [{ page, code, title, provider, count: own.length, noRequest: noRequestFor(first, own) }];
  });
}

/** The sending address that most refusals with this code name. */
function mostFrequent({ entry, decoded }: Known, findings: readonly Finding[]): string | undefined {
  const counts = new Map<string, number>();
  for (const { delivery, ...own } of findings) {
    if (own.entry.id !== entry.id || own.decoded?.bits !== decoded?.bits || delivery.sourceIp === undefined) continue;
    counts.set(delivery.sourceIp, (counts.get(delivery.sourceIp) ?? 0) + 1);
  }
  return [...counts].reduce<[string | undefined, number]>(
    (best, one) => (one[1] > best[1] ? one : best),
    [undefined, 0],
  )[0];
}

function heloIn(start: Parameters<typeof inquire>[1], address: Address): Besides["helo"] {
  const { helo, assumed } = inquire(address, start, {}).mail;
  return helo === undefined ? undefined : { name: helo, assumed: assumed?.includes("helo") === true };
}
