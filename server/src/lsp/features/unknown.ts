// Makes a row for the catalogue, or for the user's own rules, of a reply that nobody knows.
import { methods, type RowDraft, type RowWish } from "../../protocol.ts";
import { draftOfFinding } from "../../rowDraft.ts";
import type { Feature } from "../feature.ts";
import { member } from "../params.ts";
import { unknownOn } from "../unknowns.ts";

export const unknown: Feature = {
  capabilities: () => ({}),
  register: ({ connection, session }) => {
    connection.onRequest(methods.draftRow, (params: unknown): RowDraft | null => {
      const wish = readWish(params);
      const finding = wish && unknownOn(session, wish);
      return finding === undefined ? null : { text: draftOfFinding(finding, new Date()) };
    });
  },
};

function readWish(params: unknown): RowWish | undefined {
  const [uri, line, template] = [member(params, "uri"), member(params, "line"), member(params, "template")];
  if (typeof uri !== "string" || typeof template !== "string") return undefined;
  return typeof line === "number" && Number.isSafeInteger(line) && line >= 0 ? { uri, line, template } : undefined;
}
