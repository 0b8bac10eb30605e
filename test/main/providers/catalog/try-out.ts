import { afterEach, describe, expect, test } from 'vitest';
import type { DefinitionData } from '../../../../main/providers/definition.ts';
import { originOf } from '../../../../main/providers/hosts.ts';
import { loadDefinition } from '../../../../main/providers/load-definition.ts';
import type { Provider } from '../../../../main/providers/provider.ts';
import { connectProvider } from '../../../../main/providers/provider-client.ts';
import type { KeyRequest } from '../../../../shared/domain/key.ts';
import type { Refusal } from '../../../../shared/domain/provider.ts';
import { json, plainRequest, secrets, startServer, type TestServer } from '../world.ts';

/** What goes over the wire: the address with the vendor's own host, every header that is not the transport's. */
export interface Sent {
  readonly line: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON or the fields of a form; undefined where there is none. */
  readonly body?: unknown;
}

export interface Exchange {
  readonly title: string;
  /** Instead of those of the whole. */
  readonly settings?: Readonly<Record<string, string>>;
  readonly ask: (provider: Provider) => Promise<unknown>;
  /** What the vendor answers, in order: a status and a body. */
  readonly answers: readonly (readonly [number, unknown])[];
  readonly sent: readonly Sent[];
  /** What the client makes of it; secrets are written out. */
  readonly gives: unknown;
}

export interface TryOut {
  readonly settings?: Readonly<Record<string, string>>;
  readonly credential: Readonly<Record<string, string>>;
  readonly exchanges: readonly Exchange[];
}

/** A request for a key in which only some things are asked for. */
export const asking = (part: Partial<KeyRequest>): KeyRequest => ({ ...plainRequest, ...part });

/** The clock of these tests. */
export const now = Date.parse('2026-03-01T12:00:00Z');

const servers: TestServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

/** Sends each exchange of a definition to a real server and looks at both directions. */
export function tryOut(data: DefinitionData, { settings: usual = {}, credential, exchanges }: TryOut): void {
  describe(data.name, () => {
    test.each(exchanges)('$title', async ({ ask, answers, sent, gives, settings = usual }) => {
      const server = await startServer((_request, response, count) => {
        const [status, body] = answers[count - 1] ?? [500, { error: 'not expected' }];
        json(response, status, body);
      });
      servers.push(server);
      const loaded = loadDefinition(data);
      if (!loaded.ok) throw new Error(JSON.stringify(loaded.error));
      const definition = loaded.value;
      const environment = definition.environments[0] ?? 'live';
      const origin = originOf(definition, { settings, credential: secrets(credential), environment });
      if (!origin.ok) throw new Error(JSON.stringify(origin.error));
      const provider = connectProvider({
        definition,
        settings,
        credential: secrets(credential),
        environment,
        origin: origin.value,
        fetch: (url, init) => fetch(url.replace(origin.value, server.origin), init),
        clock: () => now,
        sleep: async () => undefined,
      });
      const made = await ask(provider);
      expect(
        server.received.map(({ method, url, headers, body }) => ({
          line: `${method} ${origin.value}${url}`,
          headers: ownHeaders(headers),
          body: readable(body),
        })),
      ).toEqual(sent.map((one) => ({ headers: {}, body: undefined, ...one })));
      expect(writtenOut(made)).toEqual(gives);
    });
  });
}

const ofTransport = new Set([
  'accept',
  'accept-encoding',
  'accept-language',
  'cache-control',
  'connection',
  'content-length',
  'host',
  'pragma',
  'sec-fetch-mode',
]);

function ownHeaders(headers: NodeJS.Dict<string | string[]>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers)
      .filter(([name, value]) => !ofTransport.has(name) && !(name === 'user-agent' && value === 'node'))
      .map(([name, value]) => [name, withoutBase64(String(value))]),
  );
}

/** A Basic header as the pair that it stands for. */
function withoutBase64(value: string): string {
  return value.replace(
    /^Basic (.+)$/,
    (_, pair: string) => `Basic ${Buffer.from(pair, 'base64').toString()}`,
  );
}

function readable(body: string): unknown {
  if (body === '') return undefined;
  return body.startsWith('{') ? JSON.parse(body) : Object.fromEntries(new URLSearchParams(body));
}

/** A result in which the fields of a key can be compared. */
function writtenOut(result: unknown): unknown {
  const { value } = result as { value?: { fields?: Record<string, { reveal(): string }> } };
  if (value?.fields === undefined) return result;
  const fields = Object.entries(value.fields).map(([name, secret]) => [name, secret.reveal()]);
  return { ok: true, value: { ...value, fields: Object.fromEntries(fields) } };
}

/** A success. */
export const gave = (value: unknown) => ({ ok: true, value });
/** A revocation that succeeded. */
export const done = { ok: true, value: undefined };
/** A key in a list, of which only some things are told. */
export const listed = (part: Record<string, unknown>) => ({
  name: '',
  masked: '',
  createdAt: null,
  lastUsedAt: null,
  active: true,
  ...part,
});
/** The verdict of a check. */
export const valid = gave({ outcome: 'valid' });
export const limited = (message: string) => gave({ outcome: 'valid-but-limited', message });
export const refused = (message: string, why: Refusal = 'not-accepted') =>
  gave({ outcome: 'refused', why, message });
