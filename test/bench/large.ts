// Measures `smtp-log-lens report` on large logs beside other programs that read them, one after the other on the same file.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { logMethods, type ScanAnswer } from "../../server/src/logProtocol.ts";
import { findProgram } from "../editor/homes/machine.ts";
import { startServer } from "../support/server.ts";
import { writePostfixLog } from "./log.ts";
import { kindCount, refusal } from "./refusals.ts";

const mebibyte = 1024 * 1024;
const cli = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));

/** A program that reads a log. */
interface Reader {
  readonly name: string;
  readonly command: readonly string[];
  /** How often it is measured: the fastest run counts. */
  readonly runs: number;
}

/** How a run went; memory in bytes, where the system tells it. */
interface Run {
  readonly seconds: number;
  readonly memory: number | undefined;
}

const time = existsSync("/usr/bin/time") ? "/usr/bin/time" : undefined;

function ours(file: string): Reader {
  return { name: "smtp-log-lens report", command: [process.execPath, cli, "report", file], runs: 3 };
}

/** The other programs that this machine has. */
function peers(file: string): readonly Reader[] {
  const wanted: readonly (readonly [string, readonly string[], number])[] = [
    ["rg", ["-c", " [45][0-9][0-9][ -]", file], 3],
    ["lnav", ["-n", "-c", ":quit", file], 1],
    ["pflogsumm", [file], 1],
  ];
  return wanted.flatMap(([name, args, runs]) => {
    const path = findProgram([name], ["/usr/sbin", "/usr/local/sbin"]);
    return path === undefined ? [] : [{ name: [name, ...args.slice(0, -1)].join(" "), command: [path, ...args], runs }];
  });
}

function measure({ command, runs }: Reader, folder: string): Run {
  const all = Array.from({ length: runs }, () => runOnce(command, folder));
  return all.reduce((best, next) => (next.seconds < best.seconds ? next : best));
}

function runOnce(command: readonly string[], folder: string): Run {
  const record = join(folder, "memory");
  const [program = "", ...args] = time === undefined ? command : [time, "-f", "%M", "-o", record, ...command];
  const start = performance.now();
  const env = { ...process.env, HOME: folder, XDG_CONFIG_HOME: folder };
  const { status, error } = spawnSync(program, args, { stdio: ["ignore", "ignore", "ignore"], env });
  const seconds = (performance.now() - start) / 1000;
  if (error !== undefined || status !== 0) throw new Error(`${command.join(" ")} ended with ${error ?? status}`);
  return { seconds, memory: time && 1024 * Number(readFileSync(record, "utf8").trim().split("\n").at(-1)) };
}

function memoryText(memory: number | undefined): string {
  return memory === undefined ? "" : `${Math.round(memory / mebibyte)} MiB`;
}

function row(...cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

async function compare(file: string, folder: string): Promise<void> {
  const size = statSync(file).size;
  const own = measure(ours(file), folder);
  console.log(row("Program", "Seconds", "MiB/s", "Peak memory", "Times as long as ours"));
  console.log(row("---", "---:", "---:", "---:", "---:"));
  const show = (name: string, { seconds, memory }: Run) =>
    console.log(
      row(
        `\`${name}\``,
        seconds.toFixed(2),
        (size / mebibyte / seconds).toFixed(0),
        memoryText(memory),
        (seconds / own.seconds).toFixed(2),
      ),
    );
  show("smtp-log-lens report", own);
  for (const peer of peers(file)) show(peer.name, measure(peer, folder));
  show("server.js, for the editor", await scanInServer(file));
}

function grow(
  folder: string,
  plans: readonly { readonly what: string; readonly size: number; readonly failures: number }[],
): void {
  console.log(row("Log", "Seconds", "MiB/s", "Peak memory"));
  console.log(row("---", "---:", "---:", "---:"));
  for (const { what, size, failures } of plans) {
    const file = join(folder, "part.log");
    writePostfixLog(file, { bytes: size * mebibyte, failures }, refusal);
    const { seconds, memory } = measure(ours(file), folder);
    console.log(row(what, seconds.toFixed(2), (size / seconds).toFixed(0), memoryText(memory)));
  }
}

/** The editor's server reads a log that the editor does not hand over: all of it, with its problems. */
async function scanInServer(file: string): Promise<Run> {
  const server = await startServer({ panel: true });
  try {
    const start = performance.now();
    const answer = await server.connection.sendRequest<ScanAnswer>(logMethods.scan, {
      uri: pathToFileURL(file).href,
      certain: false,
    });
    if (answer.state !== "read") throw new Error(`the server did not read the log: ${JSON.stringify(answer)}`);
    return { seconds: (performance.now() - start) / 1000, memory: peakOf(server.process.pid) };
  } finally {
    await server.stop();
  }
}

function peakOf(pid: number | undefined): number | undefined {
  const status = `/proc/${pid}/status`;
  const peak = existsSync(status) ? /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(status, "utf8"))?.[1] : undefined;
  return peak === undefined ? undefined : 1024 * Number(peak);
}

/** Prints three tables: the programs on one file, shares of failures, and sizes. SMTP_LOG_LENS_BENCH_LOG names a log to read instead of a made one. */
export async function benchLarge(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "bench-"));
  try {
    const given = process.env.SMTP_LOG_LENS_BENCH_LOG;
    const file = given ?? join(folder, "mail.log");
    if (given === undefined) writePostfixLog(file, { bytes: 512 * mebibyte, failures: 0.01 }, refusal);
    console.log(
      `\nA log of ${Math.round(statSync(file).size / mebibyte)} MiB${given === undefined ? `, 1 % failures of ${kindCount} kinds` : ""}\n`,
    );
    await compare(file, folder);
    if (given === undefined) rmSync(file);
    console.log("\nLogs of 128 MiB by their share of failures\n");
    grow(
      folder,
      [0, 0.01, 0.3, 1].map((failures) => ({ what: `${failures * 100} %`, size: 128, failures })),
    );
    console.log("\nLogs with 1 % failures by their size\n");
    grow(
      folder,
      [32, 128, 512].map((size) => ({ what: `${size} MiB`, size, failures: 0.01 })),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
