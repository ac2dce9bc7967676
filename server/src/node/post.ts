// Posts bytes to one HTTPS endpoint and reads a bounded answer: HTTP/2 where the server has it, else HTTP/1.1; no cookies, no redirects.
import { type Agent as HttpAgent, request as httpRequest, Agent as PlainAgent } from "node:http";
import { type ClientHttp2Session, connect as connectHttp2 } from "node:http2";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import { isIP } from "node:net";
import type { Readable } from "node:stream";
import { connect as connectTls, type TLSSocket } from "node:tls";

/** Where to post, and what is said of it. */
export interface Endpoint {
  readonly url: URL;
  /** The media type of both directions. */
  readonly type: string;
  /** The longest answer, in bytes. */
  readonly longest: number;
  /** Trusted instead of the usual authorities, PEM. */
  readonly ca?: string | undefined;
}

/** What a server answered, whatever its status. */
export interface Posted {
  readonly status: number;
  /** The media type without parameters, in lower case; "" when there is none. */
  readonly type: string;
  readonly body: Buffer;
}

/**
 * Posts one body. Rejects when `signal` aborts, and with an error whose `code` is TOO_LONG when the answer is longer than allowed,
 * LOST when the server was reached but the connection ended before the answer, else Node's: HPE_… for an answer that is no HTTP, others when it cannot be reached.
 */
export type Post = (body: Buffer, signal: AbortSignal) => Promise<Posted>;

// An unused connection is closed by then; until then it does not keep the process alive.
const idleMs = 5_000;

/** A way to post to this endpoint; connections are made when needed and shared. */
export function startPosting(endpoint: Endpoint): Post {
  const secured = endpoint.url.protocol === "https:";
  const session = secured ? startSession(endpoint) : async () => undefined;
  const agent = agentOf(endpoint);
  return async (body, signal) => {
    const out = { body, signal };
    try {
      return await over(endpoint, await unlessAborted(session(), signal), { ...out, agent });
    } catch (error) {
      if (signal.aborted || !hasCode(error, "LOST")) throw error;
    }
    // One question that the server dislikes may end the connection of all: each gets another try, on a connection of its own.
    const own = secured ? await unlessAborted(negotiate(endpoint), signal) : undefined;
    return over(endpoint, own, { ...out, agent: false }).finally(() => own?.close());
  };
}

function agentOf({ url, ca }: Endpoint): HttpAgent {
  const options = { keepAlive: true, timeout: idleMs };
  return url.protocol === "http:"
    ? new PlainAgent(options)
    : new HttpsAgent({ ...options, ...(ca !== undefined && { ca }) });
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}

interface Outgoing {
  readonly body: Buffer;
  readonly signal: AbortSignal;
  /** Keeps the connections of HTTP/1.1; false for a new one. */
  readonly agent: HttpAgent | false;
}

function over(endpoint: Endpoint, session: Session, out: Outgoing): Promise<Posted> {
  return session === undefined ? overHttp1(endpoint, out) : overHttp2(endpoint, session, out);
}

type Session = ClientHttp2Session | undefined;

/** The HTTP/2 session that all share, made anew when it is over; undefined when the server has HTTP/1.1 only. */
function startSession(endpoint: Endpoint): () => Promise<Session> {
  let current: Promise<Session> | undefined;
  const start = () => {
    const over = () => {
      if (current === own) current = undefined;
    };
    const own: Promise<Session> = negotiate(endpoint, over);
    own.catch(over);
    return own;
  };
  return () => {
    current ??= start();
    return current;
  };
}

async function negotiate({ url, ca }: Endpoint, over = () => {}): Promise<Session> {
  const socket = await secure(url, ca);
  if (socket.alpnProtocol !== "h2") {
    socket.destroy();
    return undefined;
  }
  const session = connectHttp2(url, { createConnection: () => socket });
  session.once("goaway", over).once("close", over);
  // Each request hears of it too; without a listener it would end the process.
  session.on("error", over);
  session.setTimeout(idleMs, () => {
    over();
    session.close();
  });
  session.unref();
  return session;
}

function secure(url: URL, ca: string | undefined): Promise<TLSSocket> {
  const host = url.hostname.replace(/^\[|\]$/g, "");
  return new Promise((resolve, reject) => {
    const socket = connectTls({
      host,
      port: Number(url.port || 443),
      ...(isIP(host) === 0 && { servername: host }),
      ...(ca !== undefined && { ca }),
      // The server chooses the first that it has (RFC 7301).
      ALPNProtocols: ["h2", "http/1.1"],
    });
    socket.unref();
    // Nobody waits any more for a connection that is not made by then.
    socket.setTimeout(idleMs, () => socket.destroy(new Error("no connection in time")));
    socket.on("error", reject);
    socket.once("secureConnect", () => {
      socket.setTimeout(0);
      resolve(socket);
    });
  });
}

function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(new Error("aborted"));
    if (signal.aborted) abort();
    signal.addEventListener("abort", abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}

function overHttp2({ url, type, longest }: Endpoint, session: ClientHttp2Session, out: Outgoing): Promise<Posted> {
  return new Promise((resolve, reject) => {
    const fail = (error: unknown) => reject(hasCode(error, "TOO_LONG") || out.signal.aborted ? error : lost(error));
    if (session.closed || session.destroyed) return fail(new Error("the session is over"));
    const head = { ":method": "POST", ":path": url.pathname + url.search, "content-type": type, accept: type };
    const stream = session.request({ ...head, "content-length": out.body.length }, { signal: out.signal });
    const gone = () => fail(new Error("closed without an answer"));
    stream.on("error", fail).once("close", gone);
    stream.once("response", (headers) => {
      stream.off("close", gone);
      const answer = { status: Number(headers[":status"]), type: mediaType(headers["content-type"]) };
      read(stream, longest).then((body) => resolve({ ...answer, body }), fail);
    });
    stream.end(out.body);
  });
}

function overHttp1({ url, type, longest, ca }: Endpoint, { body, signal, agent }: Outgoing): Promise<Posted> {
  return new Promise((resolve, reject) => {
    const fail = (error: unknown) => reject(hasCode(error, "ECONNRESET") ? lost(error) : error);
    const headers = { "content-type": type, accept: type, "content-length": body.length };
    const options = { method: "POST", headers, agent, signal, ...(ca !== undefined && { ca }) };
    const send = url.protocol === "http:" ? httpRequest : httpsRequest;
    const request = send(url, options, (response) => {
      const answer = { status: response.statusCode ?? 0, type: mediaType(response.headers["content-type"]) };
      read(response, longest).then((body) => resolve({ ...answer, body }), fail);
    });
    request.on("error", fail).end(body);
  });
}

function lost(cause: unknown): Error {
  return Object.assign(new Error("the connection ended before the answer", { cause }), { code: "LOST" });
}

function mediaType(header: string | undefined): string {
  return (header ?? "").replace(/;.*$/s, "").trim().toLowerCase();
}

async function read(stream: Readable, longest: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.length;
    // Leaving the loop destroys the stream.
    if (size > longest) throw Object.assign(new Error(`more than ${longest} bytes`), { code: "TOO_LONG" });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
