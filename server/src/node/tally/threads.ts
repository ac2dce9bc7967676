// Threads that read parts of logs side by side.
import { availableParallelism } from "node:os";
import { setImmediate } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { type OwnRule, ownRules } from "../../catalogue/own.ts";
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

/** Starts threads, as many as the machine runs at a time: this thread is free for others. */
export function createThreads(count = threadsAtATime()): Readers {
  return together(Array.from({ length: count }, createThread));
}

/** Reads in this thread as well, and starts one thread less: for a program that does nothing else. */
export function createThreadsAndHere(count = threadsAtATime()): Readers {
  return together([...Array.from({ length: count - 1 }, createThread), createHere()]);
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

/** A thread needs about 25 MB and forgets nearly all that it makes at once: with more room it would only tidy up later. */
const resourceLimits = { maxYoungGenerationSizeMb: 6, maxOldGenerationSizeMb: 96 };

interface Waiting {
  readonly task: Task;
  resolve(read: ReadPart): void;
  reject(problem: Error): void;
}

function createThread(): Reader {
  const worker = new Worker(threadFile, {
    workerData: threadMark,
    resourceLimits,
  });
  const waiting = new Map<number, Waiting>();
  let last = 0;
  let told: readonly OwnRule[] | undefined;
  worker.on("message", (answer: Answer) => settle(waiting, answer));
  worker.on("error", (problem) => fail(waiting, problem instanceof Error ? problem : new Error(String(problem))));
  worker.on("exit", () => fail(waiting, new Error("the thread that read it has ended")));
  return {
    busy: () => waiting.size,
    read: (task: Task) =>
      new Promise<ReadPart>((resolve, reject) => {
        last++;
        waiting.set(last, { task, resolve, reject });
        const rules = ownRules();
        const question: Question = { id: last, task, rules: rules === told ? undefined : rules };
        told = rules;
        worker.postMessage(question, "block" in task.part ? [task.part.block.bytes.buffer] : []);
      }),
    stop: () => worker.terminate(),
  };
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
