// Takes the parts of one log in order: adds them up, and has a part read again whose guess of what came before was wrong.
import type { ReadState } from "../../log/lineReader.ts";
import type { FileTally, Resume } from "../../tally.ts";
import type { Gathered } from "./gathered.ts";
import { agrees, type LogContext, stateBehind } from "./parts.ts";
import type { Task } from "./task.ts";
import type { Readers, ReadPart } from "./threads.ts";

/** What has been taken of one log. */
export interface Taking {
  take(part: ReadPart): Promise<void>;
  /** True when the file had fewer bytes than it should. */
  readonly short: boolean;
  counted(): Pick<FileTally, "lines" | "bytes" | "failures" | "end">;
}

/** Where a log's lines go. */
export interface Target {
  readonly gathered: Gathered;
  readonly readers: Readers;
  /** The log's index among the files. */
  readonly file: number;
  /** Told the bytes of each part. */
  readonly onPart: (bytes: number) => void;
}

/** Nothing taken yet; `from` is where an earlier reading of the file ended. */
export function createTaking(log: LogContext, target: Target, from: Resume | undefined): Taking {
  let { state } = log;
  let whole = { offset: from?.offset ?? 0, line: from?.line ?? 0, state };
  const sum = { lines: from?.line ?? 0, bytes: 0, failures: 0 };
  let short = false;
  return {
    async take(part) {
      const sound = agrees(part.task.state, state, part.result);
      const { result } = sound ? part : await target.readers.read(withState(part.task, state));
      target.gathered.add(result, { file: target.file, line: sum.lines });
      state = stateBehind(state, result);
      if (result.whole !== undefined)
        whole = { offset: result.whole.offset, line: sum.lines + result.whole.line, state };
      sum.lines += result.lines;
      sum.bytes += result.bytes;
      sum.failures += result.tally.failures;
      short ||= result.short;
      target.onPart(result.bytes);
    },
    get short() {
      return short;
    },
    counted: () => ({ ...sum, end: resumeOf(log, whole) }),
  };
}

function withState(task: Task, state: ReadState): Task {
  return { ...task, state };
}

// A passage is told by lines of its own part; it ends where the reading did, for the next part begins there.
function resumeOf({ format, header }: LogContext, whole: { offset: number; line: number; state: ReadState }): Resume {
  const { clock, passage } = whole.state;
  return { offset: whole.offset, line: whole.line, format, header, clock, passage };
}
