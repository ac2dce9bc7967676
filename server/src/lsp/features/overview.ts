// What all known logs hold, by code, and where: for the tree of failures.
import { groupBy } from "../../catalogue/group.ts";
import type { Kind, Share } from "../../digest/digest.ts";
import { type FailureCode, logMethods, mostOccurrences, type Occurrence } from "../../logProtocol.ts";
import type { Finding } from "../../model.ts";
import { refuserName } from "../../report/about.ts";
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
    connection.onRequest(logMethods.occurrences, (params: unknown) =>
      occurrencesOf(session, member(params, "page"), member(params, "provider")),
    );
  },
};

const mostCodes = 1_000;

function codesIn(session: Session): readonly FailureCode[] {
  const kinds = logsIn(session).flatMap(({ digest }) => digest.kinds);
  const parts = kinds.flatMap(partsOf);
  const codes = [...groupBy(parts, ({ page, name }) => `${page} ${name}`).values()].flatMap((own) => codeOf(own) ?? []);
  return codes.sort((a, b) => b.count - a.count).slice(0, mostCodes);
}

const gravest = ["permanent", "temporary", "ours"] as const;

/** What one provider has of a kind in one log. */
interface Part extends Share {
  readonly page: string;
  /** The provider's. */
  readonly name: string;
  readonly sample: Finding;
}

/** The providers as the report names them, so that both tell the same. */
function partsOf({ page, kept, shares }: Kind): readonly Part[] {
  const [sample] = kept;
  if (sample === undefined) return [];
  return shares.map((share) => ({ ...share, page, name: refuserName(sample, share.provider), sample }));
}

function codeOf(parts: readonly Part[]): FailureCode | undefined {
  const [first] = parts;
  if (first === undefined) return undefined;
  const { page, name, sample } = first;
  const { entry, decoded } = sample;
  return {
    page,
    code: entryLabel(entry, decoded?.bits),
    title: entry.title,
    provider: name,
    kind: gravest.find((kind) => parts.some((part) => kindOf(part.sample) === kind)) ?? "temporary",
    count: parts.reduce((sum, { count }) => sum + count, 0),
    first: earliest(parts.map(({ firstTime }) => firstTime)),
    last: earliest(
      parts.map(({ lastTime }) => lastTime),
      -1,
    ),
  };
}

/** The earliest of several times, the latest for -1; times with and without a zone are compared as they are written. */
function earliest(times: readonly (string | undefined)[], direction = 1): string | undefined {
  const known = times.filter((time) => time !== undefined);
  return known.sort((a, b) => direction * (Date.parse(a) - Date.parse(b)))[0];
}

function occurrencesOf(session: Session, page: unknown, provider: unknown): readonly Occurrence[] {
  return logsIn(session)
    .flatMap(({ uri, digest }) =>
      digest.kinds
        .filter((kind) => kind.page === page)
        .flatMap(({ kept }) => kept)
        .filter((finding) => provider === undefined || refuserName(finding, finding.provider) === provider)
        .map(({ delivery }) => ({
          ...{ uri, line: delivery.line, ...tellingSpan(delivery), time: delivery.time },
          ...{ recipient: delivery.recipient, words: bounded(delivery.words, 200) },
        }))
        .sort((a, b) => a.line - b.line),
    )
    .slice(0, mostOccurrences);
}
