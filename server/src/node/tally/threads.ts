// Threads that read parts of logs side by side.
import { availableParallelism } from "node:os";
import { setImmediate } from "node:timers/promises";
import { type ResourceLimits, Worker } from "node:worker_threads";
import { type OwnRule, ownRules } from "../../catalogue/own.ts";
import { bounded, visible } from "../../tell/markdown.ts";
import type { Result, Task } from "./task.ts";
import { type Answer, type Question, threadFile, threadMark } from "./worker.ts";

/** A part that was read, and what it held. */
export interface ReadPart {
  readonly task: Task;
  readonly result: Result;
}

/** Those who read. */
export interface Readers {
  readonly count: number;
  /** Reads one part; rejects with what reading the file said. A block's bytes are the reader's until it answers. */
  read(task: Task): Promise<ReadPart>;
  stop(): Promise<void>;
}

/** More threads than this need more memory than they are worth. */
const mostThreads = 4;

/** Reads in this thread: for logs so small that starting another takes longer. */
export function createReaderHere(): Readers {
  return together([createHere()]);
}

/** A thread needs about 25 MB and forgets nearly all that it makes at once: with more room it would only tidy up later. */
const usualLimits: ResourceLimits = { maxYoungGenerationSizeMb: 6, maxOldGenerationSizeMb: 96 };

/** Starts threads, as many as the machine runs at a time: this thread is free for others. */
export function createThreads(count = threadsAtATime(), resourceLimits = usualLimits): Readers {
  return together(Array.from({ length: count }, () => createThread(resourceLimits)));
}

/** Reads in this thread as well, and starts one thread less: for a program that does nothing else. */
export function createThreadsAndHere(count = threadsAtATime()): Readers {
  return together([...Array.from({ length: count - 1 }, () => createThread(usualLimits)), createHere()]);
}

function threadsAtATime(): number {
  return Math.min(mostThreads, availableParallelism());
}

/** One that reads. */
interface Reader {
  /** How many parts wait for it. */
  busy(): number;
  read(task: Task): Promise<ReadPart>;
  stop(): Promise<unknown>;
}

function together(all: readonly Reader[]): Readers {
  return {
    count: all.length,
    read(task) {
      const idlest = all.reduce((best, next) => (next.busy() < best.busy() ? next : best));
      return idlest.read(task);
    },
    async stop() {
      await Promise.all(all.map((reader) => reader.stop()));
    },
  };
}

function createHere(): Reader {
  let waiting = 0;
  return {
    busy: () => waiting,
    async read(task) {
      waiting++;
      try {
        const { readTask } = await import("./readTask.ts");
        // What other threads have read meanwhile is taken first.
        await setImmediate();
        return { task, result: readTask(task) };
      } finally {
        waiting--;
      }
    },
    stop: async () => {},
  };
}

interface Waiting {
  readonly task: Task;
  resolve(read: ReadPart): void;
  reject(problem: Error): void;
}

/** A thread that reads; one that ended by a fault is started anew when there is something to read. */
function createThread(resourceLimits: ResourceLimits): Reader {
  const waiting = new Map<number, Waiting>();
  let last = 0;
  let worker: Worker | undefined;
  let told: readonly OwnRule[] | undefined;
  const begin = (): Worker => {
    const begun = new Worker(threadFile, { workerData: threadMark, resourceLimits });
    begun.on("message", (answer: Answer) => settle(waiting, answer));
    begun.on("error", (problem) => end(faultOf(problem)));
    begun.on("exit", () => end("the part of this program that read it has ended"));
    // One that has ended already is another's story.
    const end = (fault: string): void => {
      if (worker !== begun) return;
      [worker, told] = [undefined, undefined];
      fail(waiting, new Error(`${fault}. ${whatNext}`));
    };
    return begun;
  };
  worker = begin();
  return {
    busy: () => waiting.size,
    read: (task: Task) =>
      new Promise<ReadPart>((resolve, reject) => {
        worker ??= begin();
        last++;
        waiting.set(last, { task, resolve, reject });
        const rules = ownRules();
        const question: Question = { id: last, task, rules: rules === told ? undefined : rules };
        told = rules;
        worker.postMessage(question, "block" in task.part ? [task.part.block.bytes.buffer] : []);
      }),
    stop: async () => {
      await worker?.terminate();
    },
  };
}

const whatNext = "What came before is counted. Read it again by itself; if it fails there too, report a bug.";

function faultOf(problem: unknown): string {
  const code = problem instanceof Error && "code" in problem ? problem.code : undefined;
  if (code === "ERR_WORKER_OUT_OF_MEMORY") return "the part of this program that read it ran out of memory";
  const words = problem instanceof Error ? problem.message : String(problem);
  return `the part of this program that read it has failed (${visible(bounded(words, 200))})`;
}

function settle(waiting: Map<number, Waiting>, { id, result, fault, bytes }: Answer): void {
  const one = waiting.get(id);
  waiting.delete(id);
  if (result === undefined) one?.reject(new Error(fault ?? "nothing was read"));
  else one?.resolve({ task: withBytes(one.task, bytes), result });
}

function withBytes(task: Task, bytes: Answer["bytes"]): Task {
  if (bytes === undefined || !("block" in task.part)) return task;
  return { ...task, part: { block: { ...task.part.block, bytes } } };
}

function fail(waiting: Map<number, Waiting>, problem: Error): void {
  for (const { reject } of waiting.values()) reject(problem);
  waiting.clear();
}
