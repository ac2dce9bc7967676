// The check of an address: what would be asked (the consent's text), then the asking, row by row; and its reports as text for the clipboard.
import { ErrorCodes, RequestType, ResponseError } from "vscode-languageserver";
import { keyedLists } from "../../check/lists.ts";
import type { Report } from "../../model.ts";
import { type CheckRefusal, type KeyedList, methods, type PlanAnswer } from "../../protocol.ts";
import { redacted } from "../../tell/redact.ts";
import { reportJson } from "../../tell/reportJson.ts";
import { reportMarkdown } from "../../tell/reportMarkdown.ts";
import { plan, run } from "../checking.ts";
import type { Feature } from "../feature.ts";
import { readCheckParams, readPlanParams } from "../params.ts";
import { readCopyParams } from "../reports.ts";

export const check: Feature = {
  capabilities: () => ({}),
  register: (context) => {
    const { connection } = context;
    connection.onRequest(new RequestType<unknown, PlanAnswer | CheckRefusal, void>(methods.plan), (params) =>
      plan(context, readPlanParams(params)),
    );
    connection.onRequest(new RequestType<unknown, Report | CheckRefusal, void>(methods.check), (params, token) => {
      const read = readCheckParams(params);
      return read === undefined ? { refused: noConsent } : run(context, read, token);
    });
    connection.onRequest(new RequestType<unknown, string, void>(methods.copy), copy);
    connection.onRequest(methods.keyed, (): readonly KeyedList[] => keyedLists);
  },
};

const noConsent = "Nothing was asked: there is no consent to a plan. Show the plan again.";

/** Reports as text for the clipboard. */
function copy(params: unknown): string | ResponseError<void> {
  const read = readCopyParams(params);
  if (read === undefined) return new ResponseError(ErrorCodes.InvalidParams, "These are no reports of a check.");
  const reports = read.redact ? redacted(read.reports) : read.reports;
  return read.format === "json" ? reportJson(reports) : reportMarkdown(reports);
}
