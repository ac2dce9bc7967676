// Gets Debian's mail servers without installing them (their packages exclude each other): one tree of files with all of them and their libraries, in .cache/debian.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { findProgram } from "../editor/homes/machine.ts";
import { root } from "../editor/paths.ts";
import { wholeFolder } from "./wholeFolder.ts";

/** The packages of the mail servers; the libraries that they need come with them. */
const packages = [
  "postfix",
  "exim4-daemon-light",
  "sendmail-bin",
  "sendmail-base",
  "sendmail-cf",
  "m4",
  "opensmtpd",
  // Writes the log of the servers that have none of their own.
  "rsyslog",
] as const;

const cache = join(root, ".cache", "debian");

/** The folder of the unpacked servers, a root file system to `chroot` into; unpacks them first when they are missing. Throws an error that says what to do. */
export function mailServers(): string {
  const recipe = createHash("sha256").update(packages.join(" ")).digest("hex").slice(0, 8);
  const home = join(cache, `mail-servers-${recipe}`);
  wholeFolder(home, unpack);
  return home;
}

function unpack(workshop: string): string {
  if (findProgram(["apt-get"]) === undefined || findProgram(["dpkg-deb"]) === undefined) throw new Error(advice);
  console.log(`Unpacking ${packages.join(", ")} into .cache/debian (once; about 30 MB to fetch) …`);
  const tree = join(workshop, "tree");
  makeFolders(tree);
  const archives = join(workshop, "archives");
  mkdirSync(archives);
  fetch(archives);
  for (const archive of readdirSync(archives)) extract(join(archives, archive), tree);
  return tree;
}

const advice =
  "The tests run real mail servers out of Debian's packages, and fetch them with apt-get and dpkg-deb: run them on Debian or Ubuntu, a container will do.";

// As on an installed system: whatever a package brings in /lib belongs to /usr/lib.
function makeFolders(tree: string): void {
  for (const name of ["bin", "sbin", "lib", "lib64"]) {
    mkdirSync(join(tree, "usr", name), { recursive: true });
    symlinkSync(join("usr", name), join(tree, name));
  }
}

function fetch(folder: string): void {
  // A machine without lists, or with old ones, has to ask for the new ones first.
  if (download(folder).status === 0) return;
  for (const old of readdirSync(folder)) rmSync(join(folder, old));
  const update = run("apt-get", ["update", "-qq"], folder);
  const { status, stderr } = download(folder);
  if (status !== 0) throw new Error(`Debian's mail servers cannot be fetched: ${update.stderr}${stderr}`);
}

function download(folder: string): { status: number | null; stderr: string } {
  // Told to stay root, apt-get does not complain that its own user cannot write here.
  return run("apt-get", ["download", "-qq", "-o", "APT::Sandbox::User=root", ...withLibraries(packages)], folder);
}

/** The packages and the libraries that they depend on, directly or by another library. */
function withLibraries(wanted: readonly string[]): readonly string[] {
  const { stdout } = run("apt-cache", ["depends", "--important", ...wanted], cache);
  const libraries = [...stdout.matchAll(/^[ |]+(?:Pre)?Depends: (lib\S+|zlib1g)$/gm)].map(([, name]) => name ?? "");
  const all = [...new Set([...wanted, ...libraries])];
  return all.length === wanted.length ? all : withLibraries(all);
}

function extract(archive: string, tree: string): void {
  // dpkg-deb's own extraction would put folders in place of the links.
  const unwanted = ["doc", "man", "locale", "lintian"].map((name) => `--exclude=./usr/share/${name}`);
  const options = ["--keep-directory-symlink", "--no-same-owner", ...unwanted].join(" ");
  const pipe = `dpkg-deb --fsys-tarfile "$0" | tar -x -C "$1" ${options}`;
  const { status, stderr } = run("sh", ["-c", pipe, archive, tree], tree);
  if (status !== 0) throw new Error(`${archive} cannot be unpacked: ${stderr}`);
}

function run(program: string, args: readonly string[], cwd: string) {
  const env = { ...process.env, LC_ALL: "C", DEBIAN_FRONTEND: "noninteractive" };
  return spawnSync(program, args, { cwd, env, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}
