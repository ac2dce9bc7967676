// Debian's python3-spf as a second opinion: it evaluates the same senders through the same DNS server.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { text } from "node:stream/consumers";

/** Whom SPF is asked about. */
export interface PyspfCase {
  readonly ip: string;
  readonly sender: string;
  readonly helo: string;
}

// Debian's own: another Python on PATH does not see Debian's modules.
const python = "/usr/bin/python3";

// Where dnspython is installed too, python3-spf prefers it and would ask the machine's own resolver.
const script = `
import json, sys
import DNS, spf
wanted = json.load(sys.stdin)
spf.DNS = DNS
spf.DNSLookup = spf.DNSLookup_pydns
DNS.defaults.update(server=["127.0.0.1"], port=wanted["port"])
def result(case):
    return spf.query(case["ip"], case["sender"], case["helo"], strict=True, timeout=2).check()[0]
print(json.dumps([result(case) for case in wanted["cases"]]))
`;

/** The results of python3-spf, asking "127.0.0.1:PORT". Fails with a sentence that says what to install. */
export async function pyspf(server: string, cases: readonly PyspfCase[]): Promise<readonly string[]> {
  if (!existsSync(python)) throw missing(`there is no ${python}`);
  const child = spawn(python, ["-c", script], { stdio: ["pipe", "pipe", "pipe"], timeout: 30_000 });
  const exit = new Promise<number | null>((resolve, reject) => child.on("error", reject).on("close", resolve));
  child.stdin.end(JSON.stringify({ port: Number(server.split(":").at(-1)), cases }));
  const [code, answer, complaint] = await Promise.all([exit, text(child.stdout), text(child.stderr)]);
  if (/No module named '(?:spf|DNS)'/.test(complaint)) throw missing("Python has no modules spf and DNS");
  if (code !== 0) throw new Error(`python3-spf failed: ${complaint.trim().slice(-500)}`);
  return JSON.parse(answer) as string[];
}

function missing(what: string): Error {
  return new Error(
    `${what}, and these tests compare with it: apt-get install --no-install-recommends python3-spf python3-dns`,
  );
}
