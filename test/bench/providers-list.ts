import { loadDefinition } from '../../main/providers/load-definition.ts';
import { connectProvider } from '../../main/providers/provider-client.ts';
import { Secret } from '../../main/secrets/secret.ts';

/*
 * Lists the keys of the provider at the address in the arguments, in a process that does nothing else, and prints what it cost as
 * JSON. The second argument is the kind of its pages, `offset` or `cursor`. With `bare` as the third the same pages are fetched and
 * parsed one after the other and nothing more. Run with `--expose-gc`.
 */

const [origin = '', kind = 'offset', how = 'client'] = process.argv.slice(2);
const definition = loadDefinition({
  format: 1,
  id: 'slow',
  name: 'Slow',
  environments: ['live'],
  hosts: { api: { kind: 'fixed', url: origin } },
  credential: [{ name: 'token', label: 'Token', kind: 'secret' }],
  authentication: { kind: 'bearer', token: '{credential.token}' },
  fields: [{ name: 'KEY', label: 'Key', secret: true, variable: 'KEY' }],
  creation: { nameMaxLength: 64 },
  dashboard: { url: 'https://slow.example/keys', create: ['Press New'], revoke: ['Press Delete'] },
  operations: {
    list: {
      method: 'GET',
      path: '/keys',
      pager:
        kind === 'cursor'
          ? { kind: 'cursor', in: 'query', parameter: 'after', next: '/next' }
          : { kind: 'offset', parameter: 'offset', size: 100 },
      response: {
        items: '/data',
        id: '/id',
        name: { at: '/name', always: true },
        masked: { kind: 'last-four', at: '/last4' },
        createdAt: { at: '/created_at', format: 'rfc3339' },
        lastUsedAt: { at: '/last_used_at', format: 'rfc3339' },
        active: { at: '/status', is: ['active'] },
      },
    },
  },
});
if (!definition.ok) throw new Error(JSON.stringify(definition.error));

const provider = connectProvider({
  definition: definition.value,
  settings: {},
  origin,
  environment: 'live',
  credential: { token: new Secret('token') },
  fetch,
  clock: Date.now,
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
});

/** Memory in use after everything that can be let go has been, in MiB. */
function heapMiB(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / 2 ** 20;
}

async function list(): Promise<number> {
  const listed = await provider.list({});
  if (!listed.ok) throw new Error(JSON.stringify(listed.error));
  return listed.value.length;
}

async function fetchBare(): Promise<number> {
  const keys: unknown[] = [];
  for (let query = kind === 'cursor' ? '' : '?offset=0'; ; ) {
    const page = await fetch(`${origin}/keys${query}`, { headers: { connection: 'close' } });
    const { data, next } = (await page.json()) as { data: unknown[]; next: string | null };
    keys.push(...data);
    if (kind === 'cursor' ? next === null : data.length < 100) return keys.length;
    query = kind === 'cursor' ? `?after=${next}` : `?offset=${keys.length}`;
  }
}

// One page first: what `fetch` loads when it is first used is no part of a list.
const tried = await provider.checkCredential();
if (!tried.ok) throw new Error(JSON.stringify(tried.error));
const before = heapMiB();
const started = performance.now();
const keys = how === 'bare' ? await fetchBare() : await list();
const ms = performance.now() - started;
const after = heapMiB();
const peakMiB = process.resourceUsage().maxRSS / 1024;
process.stdout.write(JSON.stringify({ keys, ms, leftMiB: after - before, peakMiB }));
