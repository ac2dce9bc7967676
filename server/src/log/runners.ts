// Queue runs: each is a process that delivers queued messages one after the other, whatever their lines tell of it.
import type { Written } from "./moments.ts";

/** The run that likely delivered a message: when it began, and since when it was free for it. */
export interface Turn {
  readonly process: string;
  readonly began: Written;
  readonly free: Written;
}

/** The queue runs that are under way. */
export interface Runners {
  begin(id: string, now: Written): void;
  end(id: string): void;
  /** The run that has been free the longest takes the message; undefined when none began behind its arrival. */
  take(message: string, since: Written | undefined, now: Written): Turn | undefined;
}

interface Runner {
  free: Written;
  /** The message it delivered last, and since when it was free for that one. */
  message: string | undefined;
  turn: Turn;
}

const most = 1000;
/** A run that has shown nothing for so long has ended without a line. */
const longestIdle = 3_600_000;

/** No run at first. */
export function createRunners(): Runners {
  const runners = new Map<string, Runner>();
  return {
    begin(id, now) {
      if (runners.size >= most) runners.clear();
      const turn = { process: `queue run ${id}`, began: now, free: now };
      runners.set(id, { free: now, message: undefined, turn });
    },
    end: (id) => runners.delete(id),
    take(message, since, now) {
      let best: Runner | undefined;
      for (const [id, runner] of runners) {
        if (now.at - runner.free.at > longestIdle) runners.delete(id);
        else if (runner.message === message) return sameTurn(runner, now);
        else if ((since?.line ?? -1) < runner.turn.began.line && runner.free.line < (best?.free.line ?? now.line))
          best = runner;
      }
      return best && nextTurn(best, message, now);
    },
  };
}

function sameTurn(runner: Runner, now: Written): Turn {
  runner.free = now;
  return runner.turn;
}

function nextTurn(runner: Runner, message: string, now: Written): Turn {
  runner.turn = { ...runner.turn, free: runner.free };
  runner.message = message;
  return sameTurn(runner, now);
}
