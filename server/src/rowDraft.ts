// The joint of an unknown reply and the document that a row for it begins as.
import type { Finding } from "./model.ts";
import { rowDraftText } from "./tell/rowDraft.ts";
import { stubOfFinding } from "./unknown.ts";

const source = "real-rejection";

/** The document for a finding that nobody knows; `today` is the day on which its reply was looked at. */
export function draftOfFinding(finding: Finding, today: Date): string {
  const { delivery } = finding;
  const { row, provider } = stubOfFinding(finding, source);
  const checked = today.toISOString().slice(0, 10);
  return rowDraftText({
    row,
    source: { id: source, name: "A real rejection (TODO: whose, and when)", checked },
    provider,
    ours: delivery.reply === undefined ? delivery.direction : undefined,
  });
}
