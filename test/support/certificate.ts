// Makes a certificate for 127.0.0.1 that nobody trusts, for servers of a test.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { program } from "./dns-process.ts";

/** A key and its certificate as files in the folder, and the certificate as PEM: a client that trusts it accepts the server. */
export interface Certificate {
  readonly keyFile: string;
  readonly certificateFile: string;
  readonly pem: string;
}

/** Makes one in this folder with openssl, which nsd's package brings along. */
export function makeCertificate(directory: string): Certificate {
  const [keyFile, certificateFile] = [join(directory, "tls.key"), join(directory, "tls.pem")];
  const wanted = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost";
  const names = ["-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost"];
  const args = [...wanted.split(" "), ...names, "-keyout", keyFile, "-out", certificateFile];
  const { status, stderr } = spawnSync(program("openssl"), args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`openssl made no certificate: ${stderr}`);
  return { keyFile, certificateFile, pem: readFileSync(certificateFile, "utf8") };
}
