// The check of an address: what would be asked (the consent's text), then the asking, row by row.
import { RequestType } from "vscode-languageserver";
import type { CheckPlan, Report } from "../../model.ts";
import { type CheckParams, type CheckRefusal, methods, type PlanParams } from "../../protocol.ts";
import { plan, run } from "../checking.ts";
import type { Feature } from "../feature.ts";

export const check: Feature = {
  capabilities: () => ({}),
  register: (context) => {
    const { connection } = context;
    connection.onRequest(new RequestType<PlanParams, CheckPlan | CheckRefusal, void>(methods.plan), ({ ip }) =>
      plan(context, ip),
    );
    connection.onRequest(new RequestType<CheckParams, Report | CheckRefusal, void>(methods.check), (params, token) =>
      run(context, params, token),
    );
  },
};
