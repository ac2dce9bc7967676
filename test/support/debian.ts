// Makes sure the programs the tests drive are there; on Debian and its kin root has them installed and the mail servers unpacked, else says how.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { chromiumPath, findProgram } from "../editor/homes/machine.ts";
import { mailServers } from "./unpack.ts";

/** The programs by the names of their Debian packages. nsd brings openssl along. */
export const programs = [
  "chromium",
  "rbldnsd",
  "unbound",
  "nsd",
  "dnsdist",
  "rspamd",
  "python3-spf",
  "python3-dns",
  "xz-utils",
  "bzip2",
  "zstd",
] as const;

/** The full path of a program; undefined when it is missing. Of a Python module it is the Python that has it. */
export function programPath(name: (typeof programs)[number]): string | undefined {
  if (name === "chromium") return chromiumPath();
  if (name === "python3-spf") return pythonWith("spf");
  // With another DNS library python3-spf would ask the machine's own resolver.
  if (name === "python3-dns") return pythonWith("DNS");
  if (name === "xz-utils") return findProgram(["xz"]);
  // Users other than root often lack the folders of system programs on PATH.
  return findProgram([name], ["/usr/sbin", "/usr/local/sbin", "/sbin"]);
}

// Debian's modules are for Debian's Python, which need not be the first on PATH.
function pythonWith(module: string): string | undefined {
  const pythons = ["/usr/bin/python3", findProgram(["python3"])].filter((path) => path !== undefined);
  return pythons.find((path) => spawnSync(path, ["-c", `import ${module}`], { stdio: "ignore" }).status === 0);
}

/** Installs what is missing of `wanted`; without network when nothing is. Throws an error that says what to do. */
export function ensurePrograms(wanted: readonly (typeof programs)[number][] = programs): void {
  const missing = wanted.filter((name) => programPath(name) === undefined);
  if (missing.length === 0) return;
  const aptGet = findProgram(["apt-get"]);
  if (aptGet === undefined || process.getuid?.() !== 0) throw new Error(advice(missing));
  console.log(`Installing ${missing.join(", ")} …`);
  withoutServices(() => {
    run(aptGet, ["update", "-qq"]);
    run(aptGet, ["install", "-y", "-qq", "--no-install-recommends", ...missing]);
  });
  const absent = missing.filter((name) => programPath(name) === undefined);
  if (absent.length > 0) throw new Error(advice(absent));
}

function advice(missing: readonly string[]): string {
  return [
    `The tests need programs that are not here: ${missing.join(", ")}.`,
    `On Debian or Ubuntu: sudo apt-get install --no-install-recommends ${missing.join(" ")}`,
    "Elsewhere install them as your system does; for a Chromium at another place set CHROME_PATH.",
  ].join("\n");
}

const policy = "/usr/sbin/policy-rc.d";

/** Keeps packages from starting their services: 101 means "not allowed" (Debian's invoke-rc.d policy). */
function withoutServices(task: () => void): void {
  const before = existsSync(policy) ? readFileSync(policy) : undefined;
  writeFileSync(policy, "#!/bin/sh\nexit 101\n", { mode: 0o755 });
  try {
    task();
  } finally {
    if (before === undefined) rmSync(policy, { force: true });
    else writeFileSync(policy, before);
  }
}

function run(program: string, args: readonly string[]): void {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const { status } = spawnSync(program, args, { env, stdio: ["ignore", "ignore", "inherit"] });
  if (status !== 0) throw new Error(`${program} ${args.join(" ")} failed`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    ensurePrograms();
    mailServers();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
