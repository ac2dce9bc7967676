// Wraps a resolver in the limits of one check: a deadline a question and in all, so many at once, cancel, an early end when nothing answers; each question goes out once.
import type { Ask, DnsAnswer, DnsType, Resolver } from "./resolver.ts";

/** Times in milliseconds. */
export interface Limits {
  readonly questionMs: number;
  readonly totalMs: number;
  readonly atOnce: number;
}

/** 2.5 s a question, 6 s in all, 8 at once. */
export const usualLimits: Limits = { questionMs: 2_500, totalMs: 6_000, atOnce: 8 };

/** How a check came to its end. `offline`: no DNS server answered anything for the time of one question, or none could be reached for two names. */
export type Ending = "complete" | "cancelled" | "deadline" | "offline";

/** A resolver under limits. It has a life: `close` it when the check is over. */
export interface Limited {
  readonly ask: Ask;
  /** How many questions went out. */
  asked(): number;
  ended(): Ending;
  /** Stops the clock; open questions are given up. */
  close(): void;
}

/** The resolver under limits until `signal` aborts, the total deadline passes, nothing answers or it is closed. */
export function limit(resolver: Resolver, limits: Limits, signal: AbortSignal): Limited {
  const life = startLife(limits, signal);
  const queue = startQueue(limits.atOnce);
  const known = new Map<string, Promise<DnsAnswer>>();
  let asked = 0;

  const send = (name: string, type: DnsType) =>
    queue(async () => {
      const over = life.over();
      if (over !== undefined) return over;
      asked += 1;
      life.asks();
      const answer = await underDeadline((own) => resolver.query(name, type, own), limits.questionMs, life);
      life.hears(name, answer);
      return answer;
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
  /** A question goes out. */
  asks(): void;
  /** What came of a question about this name. */
  hears(name: string, answer: DnsAnswer): void;
  /** What every question is answered once the life is over. */
  over(): DnsAnswer | undefined;
  ended(): Ending;
  close(): void;
}

// One listener on the signal and few timers for all questions: a listener for each would warn above ten.
function startLife({ questionMs, totalMs }: Limits, signal: AbortSignal): Life {
  const running = new Set<Stop>();
  const contact = startContact();
  let over: DnsAnswer | undefined;
  let ending: Ending = "complete";
  let patience: ReturnType<typeof setTimeout> | undefined;
  const end = (how: Ending, answer: DnsAnswer) => {
    clearTimeout(patience);
    clearTimeout(timer);
    signal.removeEventListener("abort", cancel);
    if (over !== undefined) return;
    over = answer;
    ending = how;
    for (const stop of [...running]) stop(answer);
  };
  const cancel = () => end("cancelled", { kind: "cancelled" });
  const timer = setTimeout(() => end(contact.lacking() ? "offline" : "deadline", { kind: "timeout" }), totalMs);
  signal.addEventListener("abort", cancel);
  if (signal.aborted) cancel();
  return {
    running,
    asks: () => {
      contact.tries();
      // From the first question on: what a check loads before it asks is not the network's delay.
      patience ??= setTimeout(() => contact.lacking() && end("offline", { kind: "timeout" }), questionMs);
    },
    hears: (name, answer) => {
      // What is remembered says nothing about the network of now.
      if (answer.age === undefined) contact.hears(name, answer.kind);
      if (contact.refuted()) end("offline", { kind: "unreachable" });
    },
    over: () => over,
    ended: () => (ending === "complete" && contact.silent() ? "offline" : ending),
    close: () => end("complete", { kind: "cancelled" }),
  };
}

interface Contact {
  tries(): void;
  hears(name: string, kind: DnsAnswer["kind"]): void;
  /** Something was asked, and no server has answered anything yet. */
  lacking(): boolean;
  /** No server has answered anything, and at least one question is over. */
  silent(): boolean;
  /** No server could be reached for two names: for one it may be a passing fault. */
  refuted(): boolean;
}

const lost: ReadonlySet<DnsAnswer["kind"]> = new Set(["timeout", "unreachable"]);
// `invalid` proves nothing: that a name is malformed is known without asking.
const proofless: ReadonlySet<DnsAnswer["kind"]> = new Set(["cancelled", "invalid"]);

function startContact(): Contact {
  const unreachable = new Set<string>();
  let tried = false;
  let answered = false;
  let unanswered = false;
  return {
    tries: () => {
      tried = true;
    },
    hears: (name, kind) => {
      if (kind === "unreachable") unreachable.add(name);
      if (lost.has(kind)) unanswered = true;
      else if (!proofless.has(kind)) answered = true;
    },
    lacking: () => tried && !answered,
    silent: () => unanswered && !answered,
    refuted: () => unreachable.size >= 2 && !answered,
  };
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
