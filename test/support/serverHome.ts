// A root file system of its own for one mail server of a test: its files, its users, its host names; nothing of the machine is touched.
import { type ChildProcess, spawnSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { hostname } from "node:os";
import { dirname, join } from "node:path";
import { removeFolder, startProgram, temporaryFolder } from "../editor/lifetime.ts";
import { mailServers } from "./unpack.ts";

/** A file tree with Debian's mail servers in it; gone at the latest when this process ends. */
export interface ServerHome {
  /** The folder that is "/" for the programs in it. */
  readonly directory: string;
  /** Writes files by their paths within. */
  write(files: Readonly<Record<string, string>>): void;
  /** The text of a file within; empty when there is none. */
  read(path: string): string;
  /** Runs a program within and waits for its end: `home.run([serverProgram.postconf, "-n"])`. */
  run(command: readonly string[], input?: string): Ended;
  /** Starts a program within, and gives its process number. What it writes goes to /said. */
  start(command: readonly string[]): number;
  /** Ends whatever runs within, and removes the folder. */
  stop(): void;
}

/** How a program ended, and what it wrote. */
export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The paths of the programs within a home; `smtpd` is OpenSMTPD. Sendmail's configuration is made by m4 out of /usr/share/sendmail/cf. */
export const serverProgram = {
  postconf: "/usr/sbin/postconf",
  postfixMaster: "/usr/lib/postfix/sbin/master",
  exim: "/usr/sbin/exim4",
  sendmail: "/usr/libexec/sendmail/sendmail",
  makemap: "/usr/libexec/sendmail/makemap",
  m4: "/usr/bin/m4",
  smtpd: "/usr/sbin/smtpd",
  rsyslogd: "/usr/sbin/rsyslogd",
} as const;

/** User and group numbers within. The servers' own are such as no account of a Debian machine has: no process outside shares them. */
export const users = {
  root: 0,
  daemon: 1,
  mail: 8,
  postfix: 61_001,
  postdrop: 61_002,
  "Debian-exim": 61_003,
  smmta: 61_004,
  smmsp: 61_005,
  opensmtpd: 61_006,
  opensmtpq: 61_007,
  nobody: 65_534,
  nogroup: 65_534,
} as const;

/** Folders that the packages' own scripts would make, and whose they are. */
const folders: Readonly<Record<string, keyof typeof users>> = {
  "var/log/exim4": "Debian-exim",
  "var/spool/exim4": "Debian-exim",
  "var/lib/postfix": "postfix",
  "var/spool/mqueue": "root",
};

const systemFiles = {
  "etc/passwd": lines(([name, id]) => `${name}:x:${id}:${id}:${name}:/:/bin/sh`),
  "etc/group": lines(([name, id]) => `${name}:x:${id}:`),
  "etc/hosts": `127.0.0.1 mail.example.org ${hostname()} localhost\n`,
  "etc/nsswitch.conf": "passwd: files\ngroup: files\nhosts: files dns\nservices: files\n",
  "etc/services": "smtp 25/tcp mail\nsubmission 587/tcp\n",
} as const;

const env = { PATH: "/usr/sbin:/usr/bin", LC_ALL: "C", TZ: "UTC0" };

/** A new home. Servers in it need root, and Sendmail always; other programs that only check a file do not. */
export function openHome(): ServerHome {
  const directory = temporaryFolder("mta");
  const started: ChildProcess[] = [];
  const stop = () => {
    // By its group, too: it may not have entered yet.
    for (const { pid } of started) if (pid !== undefined) end(-pid);
    endAll(directory);
    removeFolder(directory);
  };
  process.once("exit", stop);
  populate(directory);
  const writeAll = (files: Readonly<Record<string, string>>) => {
    for (const [path, text] of Object.entries(files)) write(join(directory, path), text);
  };
  writeAll(systemFiles);
  return {
    directory,
    write: writeAll,
    read: (path) => read(join(directory, path)),
    run: (command, input = "") => {
      const [program, args] = entering(directory, command);
      const { status, stdout, stderr, error } = spawnSync(program, args, { input, encoding: "utf8", env });
      return { status, stdout, stderr: error?.message ?? stderr };
    },
    start: (command) => {
      const said = openSync(join(directory, "said"), "a");
      const child = startProgram(...entering(directory, command), { env, stdio: ["ignore", said, said] });
      closeSync(said);
      started.push(child);
      if (child.pid === undefined) throw new Error(`${command.join(" ")} does not start`);
      return child.pid;
    },
    stop: () => {
      process.off("exit", stop);
      stop();
    },
  };
}

function lines(line: (user: [string, number]) => string): string {
  return `${Object.entries(users).map(line).join("\n")}\n`;
}

function populate(directory: string): void {
  const tree = `${mailServers()}/.`;
  // Links for speed: no server changes a file of its package. Across file systems it has to be a copy.
  const linked = spawnSync("cp", ["-al", tree, directory], { stdio: "ignore" });
  if (linked.status !== 0) spawnSync("cp", ["-a", tree, directory], { stdio: "inherit" });
  for (const name of ["tmp", "dev", "run"]) mkdirSync(join(directory, name));
  for (const [path, user] of Object.entries(folders)) makeFolder(join(directory, path), users[user]);
  // The servers give up root and must still get in.
  chmodSync(directory, 0o755);
  chmodSync(join(directory, "tmp"), 0o1777);
  makeNull(join(directory, "dev", "null"));
}

function makeFolder(path: string, owner: number): void {
  mkdirSync(path, { recursive: true });
  // Without root no server runs here, and files are only checked.
  if (process.getuid?.() === 0) chownSync(path, owner, owner);
}

/** A null device, or an empty file where the machine (a container without that right) forbids devices. */
function makeNull(path: string): void {
  spawnSync("mknod", ["-m", "666", path, "c", "1", "3"], { stdio: "ignore" });
  try {
    writeFileSync(path, "");
  } catch {
    write(path, "");
  }
  chmodSync(path, 0o666);
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  // Never through a link into the cache.
  rmSync(path, { force: true });
  writeFileSync(path, text);
  // Postfix waits until nobody seems to be writing a file any more: an old one it reads at once.
  utimesSync(path, 0, 0);
}

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

function entering(directory: string, command: readonly string[]): [string, readonly string[]] {
  const chroot = "/usr/sbin/chroot";
  if (process.getuid?.() === 0) return [chroot, [directory, ...command]];
  return ["unshare", ["--map-root-user", chroot, directory, ...command]];
}

/** Servers detach their children, so whatever has its root here is ended, until nothing has. */
function endAll(directory: string): void {
  for (let attempt = 0; attempt < 50; attempt++) {
    const inside = readdirSync("/proc").filter((pid) => /^\d+$/.test(pid) && rootOf(pid).startsWith(directory));
    if (inside.length === 0) return;
    for (const pid of inside) end(Number(pid));
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
  }
}

function rootOf(pid: string): string {
  try {
    return readlinkSync(`/proc/${pid}/root`);
  } catch {
    return "";
  }
}

function end(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // Gone in the meantime: that is what was wanted.
  }
}
