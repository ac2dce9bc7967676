// What an open log says that nobody knows yet: put together when somebody looks, and not at each line of a log that grows.
import { providerName } from "../catalogue/provider.ts";
import type { Cluster } from "../cluster/clusters.ts";
import type { Analysis, Finding } from "../model.ts";
import type { UnknownPage, UnknownReply } from "../protocol.ts";
import { createUnknown, isUnknown, templateOfFinding } from "../unknown.ts";
import type { Session } from "./session.ts";

interface Kept {
  readonly analysis: Analysis;
  readonly page: UnknownPage;
  /** Until when a changed log is not looked at again, in milliseconds since 1970. */
  readonly rests: number;
}

const mostReplies = 500;

/** A log that grows is looked at again when this many times as long has passed as it took. */
const rest = 20;

const kept = new WeakMap<Session, Map<string, Kept>>();

/** The page of the log at `wanted`, else of the log that was opened last. */
export function unknownPageOf(session: Session, wanted: string | undefined): UnknownPage {
  const isLog = (uri: string): boolean => session.log(uri)?.analysis !== undefined;
  const uri = wanted !== undefined && isLog(wanted) ? wanted : session.uris().findLast(isLog);
  const analysis = uri === undefined ? undefined : session.log(uri)?.analysis;
  if (uri === undefined || analysis === undefined) return { kind: "unknown", log: undefined, replies: [] };
  const pages = pagesOf(session);
  const known = pages.get(uri);
  if (known !== undefined && (known.analysis === analysis || Date.now() < known.rests)) return known.page;
  const began = Date.now();
  const page = pageOf(uri, analysis);
  const ended = Date.now();
  pages.set(uri, { analysis, page, rests: ended + (ended - began) * rest });
  return page;
}

/** The finding on a line that is unknown and says `template`. */
export function unknownOn(
  session: Session,
  { uri, line, template }: Readonly<Record<"uri" | "template", string>> & { readonly line: number },
): Finding | undefined {
  return session.findingsOn(uri, line).find((finding) => isUnknown(finding) && templateOfFinding(finding) === template);
}

function pageOf(uri: string, { findings }: Analysis): UnknownPage {
  const unknown = createUnknown();
  for (const finding of findings) unknown.add(finding, uri);
  const all = unknown.list();
  const { count, left } = unknown;
  const log = { uri, failures: findings.length, unknown: count, kinds: all.length, left };
  return { kind: "unknown", log, replies: all.slice(0, mostReplies).map(replyOf) };
}

/** A cluster as it travels. */
function replyOf({ template, count, provider, direction, first, last }: Cluster): UnknownReply {
  const name = provider === undefined ? undefined : providerName(provider);
  return { template, count, provider: name, direction, first: first.line, last: last.line };
}

/** Forgets logs that were closed. */
function pagesOf(session: Session): Map<string, Kept> {
  const pages = kept.get(session) ?? new Map<string, Kept>();
  kept.set(session, pages);
  for (const uri of pages.keys()) if (session.log(uri) === undefined) pages.delete(uri);
  return pages;
}
