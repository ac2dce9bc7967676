// The logs that are read from disk because no editor hands them over: read when asked for, followed until they are forgotten.
import type { ScanAnswer, ScanParams } from "../logProtocol.ts";
import { shortLabel } from "../tell/words.ts";
import type { CountedLogs, CountOptions } from "./counting.ts";
import { reasonOf } from "./reason.ts";
import { createScan, type Scan, type ScanProgress, stillWritten } from "./scan.ts";
import type { Session } from "./session.ts";
import type { FileState, StoredLog } from "./stored.ts";

/** What the door lends for logs on disk. */
export interface LogDisk {
  /** Opens the file behind a URI; rejects with a clause for the user. */
  openLog(uri: string): Promise<StoredLog>;
  /** The file behind a URI now; undefined when there is none. */
  statLog(uri: string): Promise<FileState | undefined>;
  /** Counts logs in time order; one that cannot be read is told in its place. Rejects when aborted. */
  countLogs(uris: readonly string[], options: CountOptions): Promise<CountedLogs>;
  /** The files of a log's rotation, itself among them, in time order. */
  rotatedWith(uri: string): readonly string[];
}

interface Followed {
  readonly certain: boolean;
  readonly abort: AbortController;
  scan: Scan | undefined;
  /** True while it is read or looked at. */
  busy: boolean;
}

type Told = (progress: ScanProgress) => void;

/** Between two tellings of a log that is being read pass so many milliseconds. */
const quietMs = 500;

/** Reads logs and follows them. */
export class Scans {
  readonly #session: Session;
  readonly #disk: LogDisk;
  readonly #followed = new Map<string, Followed>();

  constructor(session: Session, disk: LogDisk) {
    this.#session = session;
    this.#disk = disk;
  }

  /** Reads a log from its first line on, also one that was read before. */
  async read({ uri, certain }: ScanParams, told: Told, stop: AbortSignal): Promise<ScanAnswer> {
    this.#followed.get(uri)?.abort.abort();
    const followed: Followed = { certain, abort: new AbortController(), scan: undefined, busy: true };
    this.#followed.set(uri, followed);
    const answer = await this.#begin(uri, followed, { told, stop }).catch(failed);
    if (answer.state === "failed") this.#note(uri, followed.scan, answer.why);
    followed.busy = false;
    if (this.#followed.get(uri) === followed && followed.scan === undefined) this.#drop(uri);
    return answer;
  }

  /** Forgets a log, and ends its reading. */
  forget(uri: string): void {
    this.#followed.get(uri)?.abort.abort();
    this.#drop(uri);
  }

  /** Looks whether logs have changed on disk, and reads on. To be called once in a while. */
  async follow(): Promise<void> {
    for (const [uri, followed] of this.#followed) {
      if (followed.busy || followed.scan === undefined || followed.scan.log.trouble === stopped) continue;
      followed.busy = true;
      await this.#look(uri, followed, followed.scan).catch((problem: unknown) =>
        this.#note(uri, followed.scan, reasonOf(problem)),
      );
      followed.busy = false;
    }
  }

  #drop(uri: string): void {
    this.#followed.delete(uri);
    this.#session.keepScan(uri, undefined);
  }

  async #begin(uri: string, followed: Followed, how: { told: Told; stop: AbortSignal }): Promise<ScanAnswer> {
    const stored = await this.#disk.openLog(uri);
    try {
      const scan = createScan(stored, followed.certain);
      if (scan === undefined) return { state: "no-log" };
      if (followed.abort.signal.aborted) return { state: "stopped", failures: 0 };
      followed.scan = scan;
      this.#session.keepScan(uri, scan);
      await this.#readOn(uri, { scan, stored, followed }, how);
      const failures = scan.log.digest.count;
      if (!how.stop.aborted && !followed.abort.signal.aborted) return { state: "read", failures };
      this.#note(uri, scan, stopped);
      return { state: "stopped", failures };
    } finally {
      await stored.close();
    }
  }

  /** Reads on, and tells the session now and then, and at the end. */
  async #readOn(uri: string, from: Reading, { told, stop }: { told: Told; stop?: AbortSignal }): Promise<void> {
    const { scan, stored, followed } = from;
    let last = Date.now();
    const signal = stop === undefined ? followed.abort.signal : AbortSignal.any([followed.abort.signal, stop]);
    await scan.readOn(stored, signal, (progress) => {
      told(progress);
      if (Date.now() - last < quietMs) return;
      last = Date.now();
      this.#tell(uri, followed);
    });
    this.#tell(uri, followed);
  }

  #tell(uri: string, followed: Followed): void {
    if (this.#followed.get(uri) === followed) this.#session.renew(uri);
  }

  #note(uri: string, scan: Scan | undefined, trouble: string | undefined): void {
    if (scan?.note(trouble) === true) this.#session.renew(uri);
  }

  async #look(uri: string, followed: Followed, scan: Scan): Promise<void> {
    const now = await this.#disk.statLog(uri);
    if (now === undefined) return this.#note(uri, scan, gone);
    const { state, packed } = scan.log;
    // What was read of a packed log is counted in bytes that are not in the file.
    const end = packed ? state.size : scan.log.end;
    if (now.identity !== state.identity || now.size < end) return this.#anew(uri, followed, "The log was rotated");
    const isSame = packed && now.date.getTime() === state.date.getTime();
    // What was wrong with it still is.
    if (!isSame || scan.log.trouble === gone) this.#note(uri, scan, undefined);
    if (isSame) return;
    const isQuiet = Date.now() - now.date.getTime() > stillWritten;
    if (now.size <= end || (now.size === state.size && !isQuiet)) return;
    if (scan.unfinished || packed) return this.#anew(uri, followed, undefined);
    const before = scan.log.digest.kinds.length;
    await this.#open(uri, (stored) => this.#readOn(uri, { scan, stored, followed }, { told: () => {} }));
    const fresh = scan.log.digest.kinds.slice(before).map(({ kept }) => kept[0]);
    const codes = fresh.filter((finding) => finding !== undefined).map(shortLabel);
    if (codes.length > 0) this.#session.announce(uri, `New: ${[...new Set(codes)].join(", ")}`);
  }

  async #anew(uri: string, followed: Followed, news: string | undefined): Promise<void> {
    await this.#begin(uri, followed, { told: () => {}, stop: followed.abort.signal });
    if (news !== undefined) this.#session.announce(uri, news);
  }

  async #open(uri: string, work: (stored: StoredLog) => Promise<void>): Promise<void> {
    const stored = await this.#disk.openLog(uri);
    try {
      await work(stored);
    } finally {
      await stored.close();
    }
  }
}

interface Reading {
  readonly scan: Scan;
  readonly stored: StoredLog;
  readonly followed: Followed;
}

const stopped = "its reading was stopped";
const gone = "it was moved or deleted";

function failed(problem: unknown): ScanAnswer {
  return { state: "failed", why: reasonOf(problem) };
}
