// The door of a thread that reads parts of logs: started by `threads.ts` with this very file, or with the bundle that holds it.
import { isMainThread, type MessagePort, parentPort, workerData } from "node:worker_threads";
import { type OwnRule, useOwnRules } from "../../catalogue/own.ts";
import type { Result, Task } from "./task.ts";

/** What marks our threads, for the bundle is a program too. */
export const threadMark = "smtp-log-lens reads logs";

/** The file to start a thread with. */
export const threadFile = import.meta.filename;

/** A task on its way to a thread, and its result on the way back; a task's own bytes come back with it. */
export interface Question {
  readonly id: number;
  readonly task: Task;
  /** The user's own rules, when they are others than before. */
  readonly rules: readonly OwnRule[] | undefined;
}

/** What a thread answers. */
export interface Answer {
  readonly id: number;
  readonly result: Result | undefined;
  readonly fault: string | undefined;
  readonly bytes: Uint8Array<ArrayBuffer> | undefined;
}

/** True in a thread of ours, where no command is to be run. */
export const isOurThread = !isMainThread && workerData === threadMark;

if (isOurThread && parentPort !== null) serve(parentPort);

function serve(port: MessagePort): void {
  // The program itself needs none of what reads.
  const loaded = import("./readTask.ts");
  port.on("message", async ({ id, task, rules }: Question) => {
    if (rules !== undefined) useOwnRules(rules);
    const bytes = "block" in task.part ? task.part.block.bytes : undefined;
    const answer: Answer = { id, bytes, ...attempt(task, (await loaded).readTask) };
    port.postMessage(answer, bytes === undefined ? [] : [bytes.buffer]);
  });
}

function attempt(task: Task, read: (task: Task) => Result): Pick<Answer, "result" | "fault"> {
  try {
    return { result: read(task), fault: undefined };
  } catch (problem) {
    return { result: undefined, fault: problem instanceof Error ? problem.message : String(problem) };
  }
}
