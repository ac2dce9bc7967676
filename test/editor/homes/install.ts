// Puts the VS Code inside npm's `code-server` into .vscode-test, once, whole or not at all.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { wholeFolder } from "../../support/wholeFolder.ts";
import { cache } from "../paths.ts";

const version = "4.139.1";
const integrity = "sha512-fUYvJVdz4ZoVJfakGiGWXFMpF8K1ObsrpGvX17ZxNpKOzdNHs7lANT670JTr4ZhA8DnWqyvvmFG/d3HV9Yy6ew==";
const name = `code-server-${version}`;
const home = join(cache, name);

/** The entry script of the installed code-server; installs it first when it is missing. Throws what went wrong. */
export function installedCodeServer(): string {
  wholeFolder(home, (workshop) => {
    console.log(`Installing the VS Code of npm code-server ${version} into .vscode-test (once; about 600 MB) …`);
    unpack(workshop);
    addDependencies(join(workshop, "package"));
    console.log("Installed.");
    return join(workshop, "package");
  });
  return join(home, "out", "node", "entry.js");
}

function unpack(workshop: string): void {
  npm(workshop, ["pack", `code-server@${version}`, "--silent"]);
  const tarball = `${name}.tgz`;
  const digest = createHash("sha512")
    .update(readFileSync(join(workshop, tarball)))
    .digest("base64");
  if (`sha512-${digest}` !== integrity) throw new Error(`${tarball} is not the package this project was tested with`);
  run(workshop, "tar", ["-xzf", tarball]);
}

function addDependencies(folder: string): void {
  console.log("  its own packages …");
  const options = ["--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  npm(folder, ["ci", ...options]);
  console.log("  the packages of VS Code …");
  // `npm ci` refuses here: the shrinkwrap lacks one package. `npm install` keeps to it for all others.
  npm(join(folder, "lib", "vscode"), ["install", ...options]);
  npm(join(folder, "lib", "vscode", "extensions"), ["ci", ...options]);
}

function npm(folder: string, args: readonly string[]): void {
  run(folder, process.platform === "win32" ? "npm.cmd" : "npm", args);
}

function run(folder: string, program: string, args: readonly string[]): void {
  // This Node first: npm and what it starts must not fall back to an older one.
  const PATH = [dirname(process.execPath), process.env.PATH].join(delimiter);
  const { status, error, stderr } = spawnSync(program, args, {
    cwd: folder,
    env: { ...process.env, PATH },
    stdio: ["ignore", "ignore", "pipe"],
    encoding: "utf8",
    shell: process.platform === "win32",
  });
  if (status !== 0) throw new Error(`${program} ${args.join(" ")} failed: ${error?.message ?? stderr.trim()}`);
}
