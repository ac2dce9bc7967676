// What all known logs hold, by code, and where: for the tree of failures.
import { groupBy } from "../../catalogue/group.ts";
import type { Kind } from "../../digest/digest.ts";
import { type FailureCode, logMethods, mostOccurrences, type Occurrence } from "../../logProtocol.ts";
import { bounded } from "../../tell/markdown.ts";
import { entryLabel, kindOf, tellingSpan } from "../../tell/words.ts";
import type { Feature } from "../feature.ts";
import { logsIn } from "../known.ts";
import { member } from "../params.ts";
import type { Session } from "../session.ts";

export const overview: Feature = {
  capabilities: () => ({}),
  register: ({ connection, session }) => {
    connection.onRequest(logMethods.codes, () => codesIn(session));
    connection.onRequest(logMethods.occurrences, (params: unknown) => occurrencesOf(session, member(params, "page")));
  },
};

const mostCodes = 1_000;

function codesIn(session: Session): readonly FailureCode[] {
  const kinds = logsIn(session).flatMap(({ digest }) => digest.kinds);
  const codes = [...groupBy(kinds, ({ page }) => page)].flatMap(([page, own]) => codeOf(page, own) ?? []);
  return codes.sort((a, b) => b.count - a.count).slice(0, mostCodes);
}

const gravest = ["permanent", "temporary", "ours"] as const;

function codeOf(page: string, kinds: readonly Kind[]): FailureCode | undefined {
  const samples = kinds.flatMap(({ kept }) => kept.slice(0, 1));
  const [sample] = samples;
  if (sample === undefined) return undefined;
  const { entry, decoded } = sample;
  return {
    page,
    code: entryLabel(entry, decoded?.bits),
    title: entry.title,
    provider: entry.providerName,
    kind: gravest.find((kind) => samples.some((one) => kindOf(one) === kind)) ?? "temporary",
    count: kinds.reduce((sum, { count }) => sum + count, 0),
    first: earliest(kinds.map(({ firstTime }) => firstTime)),
    last: earliest(
      kinds.map(({ lastTime }) => lastTime),
      -1,
    ),
  };
}

/** The earliest of several times, the latest for -1; times with and without a zone are compared as they are written. */
function earliest(times: readonly (string | undefined)[], direction = 1): string | undefined {
  const known = times.filter((time) => time !== undefined);
  return known.sort((a, b) => direction * (Date.parse(a) - Date.parse(b)))[0];
}

function occurrencesOf(session: Session, page: unknown): readonly Occurrence[] {
  return logsIn(session)
    .flatMap(({ uri, digest }) =>
      digest.kinds
        .filter((kind) => kind.page === page)
        .flatMap(({ kept }) => kept)
        .map(({ delivery }) => ({
          ...{ uri, line: delivery.line, ...tellingSpan(delivery), time: delivery.time },
          ...{ recipient: delivery.recipient, words: bounded(delivery.words, 200) },
        }))
        .sort((a, b) => a.line - b.line),
    )
    .slice(0, mostOccurrences);
}
