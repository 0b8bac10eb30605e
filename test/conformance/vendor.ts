import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Prism, startPrism } from './prism.ts';

/** One request of the client, and what the vendor's description says against it. */
export interface Judged {
  readonly method: string;
  readonly url: string;
  readonly body: string;
  /** Whether the description knows the method and path at all. */
  readonly described: boolean;
  readonly violations: readonly string[];
}

/** Changes an answer before the client gets it. */
export type Rewrite = (body: unknown) => unknown;

/** A vendor's mock behind a proxy that remembers how every request was judged. */
export interface Vendor {
  readonly origin: string;
  readonly judged: Judged[];
  rewrite: Rewrite;
  stop(): Promise<void>;
}

/** Where Prism's words on a request stand: in a header when it answers all the same, in a problem when it refuses. */
interface Violation {
  readonly location?: readonly string[];
  readonly message?: string;
}
interface Problem {
  readonly type?: string;
  readonly title?: string;
  readonly validation?: readonly Violation[];
}

const asIs: Rewrite = (body) => body;

/** Starts a mock for each of a vendor's descriptions, and the proxy that asks the first one that knows a path. */
export async function startVendor(files: readonly string[]): Promise<Vendor> {
  const mocks = await Promise.all(files.map(startPrism));
  const judged: Judged[] = [];
  const server = createServer((incoming, response) => {
    handle(incoming, response).catch((thrown: unknown) => {
      judged.push({ method: '', url: '', body: '', described: false, violations: [String(thrown)] });
      response.destroy();
    });
  });

  async function handle(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const method = incoming.method ?? 'GET';
    const url = new URL(incoming.url ?? '/', 'http://vendor.invalid');
    const answer = await askFirst(mocks, incoming, body);
    const violations = [...violationsIn(answer.headers.get('sl-violations')), ...answer.problem];
    judged.push({
      method,
      url: `${url.pathname}${url.search}`,
      body: body.toString('utf8'),
      described: answer.described,
      violations,
    });
    const changed = answer.json === undefined ? answer.text : JSON.stringify(vendor.rewrite(answer.json));
    response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' });
    response.end(answer.status === 204 ? undefined : changed);
  }

  const vendor: Vendor = {
    origin: await listen(server),
    judged,
    rewrite: asIs,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await Promise.all(mocks.map((mock) => mock.stop()));
    },
  };
  return vendor;
}

async function askFirst(mocks: readonly Prism[], incoming: IncomingMessage, body: Buffer) {
  let last = await ask(mocks[0], incoming, body);
  for (const mock of mocks.slice(1)) {
    if (last.described) break;
    last = await ask(mock, incoming, body);
  }
  return last;
}

async function ask(mock: Prism | undefined, incoming: IncomingMessage, body: Buffer) {
  const method = incoming.method ?? 'GET';
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) {
    const isOfConnection = ['host', 'connection', 'content-length', 'transfer-encoding'].includes(name);
    if (!isOfConnection && typeof value === 'string') headers.set(name, value);
  }
  const response = await fetch(`${mock?.origin}${incoming.url}`, {
    method,
    headers,
    ...(body.length === 0 ? {} : { body: new Uint8Array(body) }),
  });
  const text = await response.text();
  const json = parse(text);
  const problem = problemIn(json);
  const unknown = /NO_PATH_MATCHED|NO_METHOD_MATCHED/.test(problem?.type ?? '');
  return {
    status: response.status,
    headers: response.headers,
    text,
    json,
    described: !unknown,
    problem: unknown || problem === null ? [] : wordsOf(problem),
  };
}

/** Prism's own refusal, which is told from a vendor's answer by its type. */
function problemIn(json: unknown): Problem | null {
  const problem = json as Problem | null | undefined;
  return problem?.type?.startsWith('https://stoplight.io/prism/errors') === true ? problem : null;
}

function wordsOf({ title, validation }: Problem): string[] {
  const words = (validation ?? []).map(
    ({ location, message }) => `${location?.join('.') ?? ''} ${message ?? ''}`,
  );
  return words.length === 0 ? [title ?? 'refused'] : words;
}

function violationsIn(header: string | null): string[] {
  const violations = (parse(header ?? '') as readonly Violation[] | undefined) ?? [];
  const onRequest = violations.filter(({ location }) => location?.[0] === 'request');
  return onRequest.map(({ location, message }) => `${location?.join('.')} ${message ?? ''}`);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // Not every answer has a body, and not every body is JSON.
  }
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
