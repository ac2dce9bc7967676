// Tells the client after each analysis what kind of log it is and how many failures it holds.
import { methods, type StatusParams } from "../../protocol.ts";
import { type Kind, kindOf } from "../../tell/words.ts";
import type { Feature } from "../feature.ts";
import type { ScannedLog } from "../scan.ts";
import type { Session } from "../session.ts";

export const status: Feature = {
  capabilities: () => ({}),
  register: ({ connection, session, panel }) => {
    if (!panel) return;
    const tell = (uri: string, news?: string): void => {
      const told = { ...summary(session, uri), ...(news !== undefined && { news }) };
      void connection.sendNotification(methods.status, told satisfies StatusParams);
    };
    session.onRenewed((uri) => tell(uri));
    session.onNews(tell);
  },
};

function summary(session: Session, uri: string): StatusParams {
  const scanned = session.scanned(uri);
  if (scanned !== undefined) return scannedSummary(uri, scanned);
  const analysis = session.log(uri)?.analysis;
  const counts: Record<Kind, number> = { temporary: 0, permanent: 0, ours: 0 };
  for (const finding of analysis?.findings ?? []) counts[kindOf(finding)]++;
  const { complaints = 0, answers = 0 } = analysis?.mails ?? {};
  const mails = complaints + answers > 0 ? { complaints, answers } : {};
  return { uri, format: analysis?.format, ...counts, ...mails };
}

function scannedSummary(uri: string, { format, digest, state, end, trouble }: ScannedLog): StatusParams {
  const counts: Record<Kind, number> = { temporary: 0, permanent: 0, ours: 0 };
  for (const { kept, count } of digest.kinds) if (kept[0] !== undefined) counts[kindOf(kept[0])] += count;
  const read = state.size === 0 ? 1 : Math.min(1, end / state.size);
  return { uri, format, ...counts, read, ...(trouble !== undefined && { trouble }) };
}
