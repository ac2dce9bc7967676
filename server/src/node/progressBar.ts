// A bar on a terminal that shows how far reading has come; nothing where there is no terminal.
import type { Progress } from "./tally/readLogs.ts";

/** Where a bar is drawn. */
export interface Screen {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  write(text: string): unknown;
}

/** A bar. */
export interface ProgressBar {
  readonly show: (progress: Progress) => void;
  /** Takes the bar off the screen. */
  clear(): void;
}

const mebibyte = 1024 * 1024;
const barWidth = 24;

/** Milliseconds before the bar appears, and between its pictures. */
const patience = 200;
const pause = 100;

/** A bar for one screen; `now` gives milliseconds. */
export function createProgressBar(screen: Screen, now: () => number = () => performance.now()): ProgressBar {
  const start = now();
  let last = start + patience - pause;
  let shown = false;
  return {
    show(progress) {
      if (!screen.isTTY || now() - last < pause) return;
      last = now();
      shown = true;
      screen.write(`\r${barText(progress, last - start).slice(0, (screen.columns ?? 80) - 1)}\u001b[K`);
    },
    clear() {
      if (shown) screen.write("\r\u001b[K");
    },
  };
}

/** "[#####.......]  42 %  812 MiB/s, 1,234 failures"; without a known end, how much was read. */
export function barText({ done, total, failures }: Progress, ms: number): string {
  const share = total === 0 ? undefined : Math.min(1, done / total);
  const filled = Math.round((share ?? 0) * barWidth);
  const bar = `[${"#".repeat(filled)}${".".repeat(barWidth - filled)}] ${String(Math.floor((share ?? 0) * 100)).padStart(3)} %`;
  const speed = Math.round(done / mebibyte / (ms / 1000));
  const read = share === undefined ? `${Math.round(done / mebibyte).toLocaleString("en-US")} MiB` : bar;
  return `${read}  ${speed.toLocaleString("en-US")} MiB/s, ${failures.toLocaleString("en-US")} failures`;
}
