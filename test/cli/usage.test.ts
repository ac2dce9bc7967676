// The command line itself: help, version, exit codes, and that it runs on the Node that people have.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { anotherNode, cli, majorOf, run, versionOf } from "./program.ts";

const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
  version: string;
};

test("without a command the help goes to standard error, and the exit code is 2", async () => {
  const { code, stdout, stderr } = await run([]);
  assert.deepEqual([code, stdout], [2, ""]);
  assert.match(stderr, /^smtp-log-lens: [\s\S]*Usage:/);
});

test("help is printed when it is asked for, also behind a command", async () => {
  for (const args of [["--help"], ["-h"], ["help"], ["analyse", "--help"], ["check", "-h"]]) {
    const { code, stdout, stderr } = await run(args);
    assert.deepEqual([code, stderr], [0, ""], args.join(" "));
    for (const word of [
      "analyse FILE",
      "explain CODE",
      "check IP",
      "redact FILE",
      "server --stdio",
      "--ndjson",
      "--yes",
      "Exit codes",
    ])
      assert.ok(stdout.includes(word), `${args.join(" ")} tells ${word}`);
  }
});

test("the version is that of the package", async () => {
  for (const flag of ["--version", "-V"])
    assert.deepEqual(await run([flag]), { code: 0, stdout: `${version}\n`, stderr: "" });
});

test("a command line that is not understood ends with exit code 2 and a way to the help", async () => {
  const wrong = [
    ...[
      ["frobnicate"],
      ["--frobnicate"],
      ["analyse"],
      ["analyse", "--frobnicate", "x.log"],
      ["explain"],
      ["explain", " "],
    ],
    ...[
      ["check"],
      ["check", "192.0.2.1", "--json", "--markdown"],
      ["check", "mail.example.net"],
      ["check", "81.2.69.160", "--nope"],
    ],
    ...[
      ["check", "81.2.69.160", "--resolver"],
      ["explain", "421", "--json"],
    ],
  ];
  for (const args of wrong) {
    const { code, stdout, stderr } = await run(args);
    assert.deepEqual([code, stdout], [2, ""], args.join(" "));
    assert.match(stderr, /^smtp-log-lens: .+\nTry: smtp-log-lens --help\n$/, args.join(" "));
  }
});

test("names of objects' own members are no commands", async () => {
  for (const name of ["constructor", "toString", "__proto__", "hasOwnProperty"])
    assert.equal((await run([name])).code, 2, name);
});

const other = anotherNode();
const log = fileURLToPath(new URL("../logs/real/postfix-maillog.log", import.meta.url));

test(`the command line runs on the system's Node (${other.version})`, () => {
  assert.equal(versionOf(other.path), other.version);
  assert.ok(majorOf(other.version) >= 20, "package.json promises Node 20");
  const records = (node: string) => spawnSync(node, [cli, "analyse", log, "--ndjson"], { encoding: "utf8" });
  const { status, stdout, stderr } = records(other.path);
  assert.deepEqual([status, stderr], [0, ""]);
  assert.ok(stdout.split("\n").length > 100);
  assert.equal(stdout, records(process.execPath).stdout, "every Node finds the same");
});

test("the file itself can be run where files can", () => {
  if (process.platform === "win32") return assert.match(readFileSync(cli, "utf8"), /^#!\/usr\/bin\/env node\n/);
  const { status, stdout } = spawnSync(cli, ["--version"], {
    encoding: "utf8",
    env: { ...process.env, PATH: `${dirname(other.path)}:/usr/bin:/bin` },
  });
  assert.deepEqual([status, stdout], [0, `${version}\n`]);
});

/** The answer to an `initialize` request over standard input and output. */
function initialized(
  node: string,
  args: readonly string[],
): Promise<{ result: { capabilities: object; serverInfo: object } }> {
  const child = spawn(node, args, { stdio: ["pipe", "pipe", "inherit"] });
  const request = {
    jsonrpc: "2.0",
    id: 1,
    method: "initialize",
    params: { processId: null, rootUri: null, capabilities: {} },
  };
  const body = JSON.stringify(request);
  child.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  return new Promise((resolve, reject) => {
    let heard = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      heard += text;
      const [head = "", body = ""] = heard.split("\r\n\r\n");
      if (body === "" || Buffer.byteLength(body) < Number(/Content-Length: (\d+)/.exec(head)?.[1])) return;
      child.kill();
      resolve(JSON.parse(body));
    });
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`the server ended with ${code}: ${heard}`)));
  });
}

test("`server --stdio` and dist/server.js answer an editor, on this Node and on the system's", async () => {
  const server = fileURLToPath(new URL("../../dist/server.js", import.meta.url));
  for (const node of new Set([process.execPath, other.path])) {
    for (const args of [
      [cli, "server", "--stdio"],
      [cli, "server"],
      [server, "--stdio"],
    ]) {
      const { capabilities, serverInfo } = (await initialized(node, args)).result;
      assert.deepEqual(serverInfo, { name: "SMTP Log Lens" });
      for (const ability of ["hoverProvider", "codeActionProvider", "semanticTokensProvider", "executeCommandProvider"])
        assert.ok(ability in capabilities, `${args.slice(1).join(" ")}: ${ability}`);
    }
  }
});
