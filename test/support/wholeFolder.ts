// Makes a folder once, whole or not at all, for all processes that want it at the same time.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { removeFolder } from "../editor/lifetime.ts";

/** Makes the folder `home` when it is missing. `fill` gets a work folder and returns the folder in it that becomes `home`. Throws what `fill` throws. */
export function wholeFolder(home: string, fill: (workshop: string) => string): void {
  const workshop = `${home}.part`;
  const deadline = Date.now() + 600_000;
  while (!existsSync(home)) {
    if (claim(workshop)) make(home, workshop, fill);
    else waitForOther(workshop, deadline);
  }
}

/** True when this process may work: the rename of a folder with something in it succeeds for one only. */
function claim(workshop: string): boolean {
  const own = `${workshop}.${process.pid}`;
  mkdirSync(own, { recursive: true });
  writeFileSync(join(own, "owner"), String(process.pid));
  try {
    renameSync(own, workshop);
    return true;
  } catch {
    removeFolder(own);
    return false;
  }
}

function make(home: string, workshop: string, fill: (workshop: string) => string): void {
  try {
    // Somebody may have finished between the look and the claim.
    if (existsSync(home)) return;
    // The rename makes the folder whole at once.
    renameSync(fill(workshop), home);
  } finally {
    removeFolder(workshop);
  }
}

/** Waits a moment for the process that works, or clears away what it left when it is no more. */
function waitForOther(workshop: string, deadline: number): void {
  const owner = join(workshop, "owner");
  if (existsSync(owner) && !isRunning(Number(readFileSync(owner, "utf8")))) removeFolder(workshop);
  if (Date.now() > deadline) throw new Error(`${workshop} is in use for ten minutes; remove it and try again`);
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500);
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
