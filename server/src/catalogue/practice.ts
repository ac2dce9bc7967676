// What the field does about refusals of a kind, whoever sent them: steps of practice.json by entry, else by reason.
import data from "../../catalogue/practice.json" with { type: "json" };
import type { Entry, Reason, Remedy } from "../model.ts";
import { classInId } from "./patterns.ts";
import { remedyOf } from "./remedy.ts";
import type { PracticeFile } from "./rows.ts";

const file = data as PracticeFile;
const none: readonly Remedy[] = [];
const byReason = new Map<Reason, readonly Remedy[]>(pairs(({ reasons }) => reasons));
const byEntry = new Map<string, readonly Remedy[]>(pairs(({ entries }) => entries));

/** The steps for an entry, the most helpful first, at most 5; none where the code does not call for any. */
export function practiceFor({ id, reason }: Pick<Entry, "id" | "reason">): readonly Remedy[] {
  return byEntry.get(id) ?? byEntry.get(withoutClass(id)) ?? byReason.get(reason) ?? none;
}

/** "standard/X.7.8" for both "standard/4.7.8" and "standard/5.7.8". */
function withoutClass(id: string): string {
  return id.replace(classInId, "standard/X.");
}

function pairs<K>(keys: (row: PracticeFile["where"][number]) => readonly K[] | undefined): [K, readonly Remedy[]][] {
  return file.where.flatMap((row) => {
    const steps = row.steps.map(step);
    return (keys(row) ?? []).map((key): [K, readonly Remedy[]] => [key, steps]);
  });
}

function step(id: string): Remedy {
  const row = file.steps[id];
  if (row === undefined) throw new Error(`practice.json has no step "${id}"`);
  return remedyOf(row);
}
