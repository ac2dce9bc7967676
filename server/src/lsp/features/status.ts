// Tells the client after each analysis what kind of log it is and how many failures it holds.
import { methods, type StatusParams } from "../../protocol.ts";
import { kindOf } from "../../tell/words.ts";
import type { Feature } from "../feature.ts";
import type { OpenLog } from "../session.ts";

export const status: Feature = {
  capabilities: () => ({}),
  register: ({ connection, session, panel }) => {
    if (!panel) return;
    session.onRenewed((uri) => {
      const log = session.log(uri);
      if (log !== undefined) void connection.sendNotification(methods.status, summary(uri, log));
    });
  },
};

function summary(uri: string, { analysis }: OpenLog): StatusParams {
  const counts = { temporary: 0, permanent: 0, ours: 0 };
  for (const finding of analysis?.findings ?? []) counts[kindOf(finding)]++;
  const { complaints = 0, answers = 0 } = analysis?.mails ?? {};
  const mails = complaints + answers > 0 ? { complaints, answers } : {};
  return { uri, format: analysis?.format, ...counts, ...mails };
}
