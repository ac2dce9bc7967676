// How much memory a process holds, as the system counts it.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";

/** Bytes of memory that a running process held at its peak; where the system does not keep the peak, those it holds now. */
export function memoryOf(pid: number): number {
  const status = `/proc/${pid}/status`;
  if (existsSync(status)) return kilobytes(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(status, "utf8"))?.[1]);
  if (process.platform === "win32") return windowsMemory(pid);
  return kilobytes(execFileSync("ps", ["-o", "rss=", "-p", String(pid)], { encoding: "utf8" }).trim());
}

function windowsMemory(pid: number): number {
  const peak = `(Get-Process -Id ${pid}).PeakWorkingSet64`;
  return Number(execFileSync("powershell", ["-NoProfile", "-Command", peak], { encoding: "utf8" }));
}

function kilobytes(text: string | undefined): number {
  if (text === undefined || !/^\d+$/.test(text))
    throw new Error("the system does not say how much memory a process holds");
  return Number(text) * 1024;
}
