// Wraps a resolver in the limits of one check: a deadline a question and in all, so many at once, cancel; each question goes out once.
import type { Ask, DnsAnswer, DnsType, Resolver } from "./resolver.ts";

/** Times in milliseconds. */
export interface Limits {
  readonly questionMs: number;
  readonly totalMs: number;
  readonly atOnce: number;
}

/** 2.5 s a question, 6 s in all, 8 at once. */
export const usualLimits: Limits = { questionMs: 2_500, totalMs: 6_000, atOnce: 8 };

/** How a check came to its end. */
export type Ending = "complete" | "cancelled" | "deadline";

/** A resolver under limits. It has a life: `close` it when the check is over. */
export interface Limited {
  readonly ask: Ask;
  /** How many questions went out. */
  asked(): number;
  ended(): Ending;
  /** Stops the clock; open questions are given up. */
  close(): void;
}

/** The resolver under limits until `signal` aborts, the total deadline passes or it is closed. */
export function limit(resolver: Resolver, limits: Limits, signal: AbortSignal): Limited {
  const life = startLife(limits.totalMs, signal);
  const queue = startQueue(limits.atOnce);
  const known = new Map<string, Promise<DnsAnswer>>();
  let asked = 0;

  const send = (name: string, type: DnsType) =>
    queue(() => {
      const over = life.over();
      if (over !== undefined) return Promise.resolve(over);
      asked += 1;
      return underDeadline((own) => resolver.query(name, type, own), limits.questionMs, life);
    });

  return {
    ask: (name, type) => once(known, `${name} ${type}`, () => send(name, type)),
    asked: () => asked,
    ended: life.ended,
    close: life.close,
  };
}

function once<T>(known: Map<string, T>, key: string, make: () => T): T {
  const value = known.get(key) ?? make();
  known.set(key, value);
  return value;
}

type Stop = (answer: DnsAnswer) => void;

interface Life {
  readonly running: Set<Stop>;
  /** What every question is answered once the life is over. */
  over(): DnsAnswer | undefined;
  ended(): Ending;
  close(): void;
}

// One listener on the signal and one timer for all questions: a listener for each would warn above ten.
function startLife(totalMs: number, signal: AbortSignal): Life {
  const running = new Set<Stop>();
  let over: DnsAnswer | undefined;
  let ending: Ending = "complete";
  const end = (how: Ending, answer: DnsAnswer) => {
    clearTimeout(timer);
    signal.removeEventListener("abort", cancel);
    if (over !== undefined) return;
    over = answer;
    ending = how;
    for (const stop of [...running]) stop(answer);
  };
  const cancel = () => end("cancelled", { kind: "cancelled" });
  const timer = setTimeout(() => end("deadline", { kind: "timeout" }), totalMs);
  signal.addEventListener("abort", cancel);
  if (signal.aborted) cancel();
  return { running, over: () => over, ended: () => ending, close: () => end("complete", { kind: "cancelled" }) };
}

function underDeadline(query: (signal: AbortSignal) => Promise<DnsAnswer>, ms: number, life: Life): Promise<DnsAnswer> {
  return new Promise((resolve, reject) => {
    const controller = new AbortController();
    const leave = () => {
      clearTimeout(timer);
      life.running.delete(stop);
    };
    const stop: Stop = (answer) => {
      leave();
      resolve(answer);
      controller.abort();
    };
    const timer = setTimeout(() => stop({ kind: "timeout" }), ms);
    life.running.add(stop);
    query(controller.signal).then(resolve, reject).finally(leave);
  });
}

type Queue = <T>(start: () => Promise<T>) => Promise<T>;

// So many run at once; the others wait in order.
function startQueue(atOnce: number): Queue {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (start) => {
    if (running >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      return await start();
    } finally {
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
}
