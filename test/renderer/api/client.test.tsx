import { afterEach, beforeEach, describe, expect, expectTypeOf, it, vi } from 'vitest';
import { type Api, createClient } from '../../../renderer/api/client.ts';
import { electronTransport } from '../../../renderer/api/electron-transport.ts';
import { type SocketBrowser, socketTransport } from '../../../renderer/api/socket-transport.ts';
import { DisconnectedError, RefusedError } from '../../../renderer/api/transport.ts';
import type { KeyRow } from '../../../shared/ipc/keys.contract.ts';
import type { FeedMessage } from '../../../shared/ipc/wire.ts';

const token = 'T'.repeat(43);

/** One socket as the page sees it; the test plays main. */
class FakeSocket {
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  readonly sent: { id: number; method: string; input: unknown }[] = [];
  readonly url: URL;
  readonly protocols: readonly string[];

  constructor(url: string, protocols: readonly string[]) {
    this.url = new URL(url);
    this.protocols = protocols;
  }
  send(text: string): void {
    this.sent.push(JSON.parse(text));
  }
  says(message: unknown): void {
    this.onmessage?.({ data: JSON.stringify(message) });
  }
  closes(code: number): void {
    this.onclose?.({ code });
  }
}

/** A browser with main behind it, which knows the token and one session. */
function world(address = `#${token}`) {
  const sockets: FakeSocket[] = [];
  const main = { running: true, knows: new Set<string>() };
  const location = { hash: address, host: '127.0.0.1:8123', pathname: '/', search: '' };
  const storage = () => {
    const values = new Map<string, string>();
    return {
      getItem: (key: string) => values.get(key) ?? null,
      setItem: (key: string, value: string) => void values.set(key, value),
    };
  };
  const browser = {
    fetch: async (_: string, init: { method?: string; body?: string; headers?: Record<string, string> }) => {
      if (!main.running) throw new TypeError('Failed to fetch');
      if (init.method === 'POST') {
        if (init.body !== token) return new Response(null, { status: 401 });
        main.knows.add('proof');
        return new Response(JSON.stringify({ proof: 'proof' }));
      }
      const known = main.knows.has(init.headers?.['x-keyturn-proof'] ?? '');
      return new Response(null, { status: known ? 204 : 401 });
    },
    location,
    history: {
      replaceState: () => {
        location.hash = '';
      },
    },
    shared: storage(),
    own: storage(),
    newId: () => 'page-1',
    WebSocket: class extends FakeSocket {
      constructor(url: string, protocols: readonly string[]) {
        super(url, protocols);
        sockets.push(this);
      }
    },
  };
  // Only what the transport uses of the browser's own types is there.
  const load = () =>
    createClient<never>(socketTransport(browser as unknown as SocketBrowser)) as unknown as Api;
  const last = () => sockets.at(-1) as FakeSocket;
  const settle = () => vi.advanceTimersByTimeAsync(0);
  return { main, location, sockets, browser, load, last, settle };
}

async function openWorld() {
  const made = world();
  const api = made.load();
  await made.settle();
  made.last().says({ welcome: true });
  await made.settle();
  return { ...made, api };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('the page in a browser', () => {
  it('shows the token once, takes it out of the address bar, and connects with its half of the session', async () => {
    const { api, location, last } = await openWorld();
    expect(location.hash).toBe('');
    expect(last().url.href).toBe('ws://127.0.0.1:8123/ipc?page=page-1');
    expect(last().protocols).toEqual(['keyturn', 'proof']);
    expect(api.connection.current()).toBe('open');
  });

  it('comes back after a reload without the token', async () => {
    const { load, settle, last, sockets, api } = await openWorld();
    expect(api.connection.current()).toBe('open');
    load();
    await settle();
    expect(sockets).toHaveLength(2);
    expect(last().url.searchParams.get('page')).toBe('page-1');
  });

  it('leaves a fragment alone that is not a token', async () => {
    const { load, settle, location, sockets } = world('#/keys');
    const api = load();
    await settle();
    expect(location.hash).toBe('#/keys');
    expect(api.connection.current()).toBe('signed-out');
    expect(sockets).toEqual([]);
  });

  it('says that it is signed out when the token is wrong', async () => {
    const { load, settle, location } = world(`#${'x'.repeat(43)}`);
    const api = load();
    await settle();
    expect(api.connection.current()).toBe('signed-out');
    expect(location.hash).toBe('');
    await expect(api.call('keys.list', {})).rejects.toBeInstanceOf(DisconnectedError);
  });

  it('gets the answer to each call, in whatever order they come', async () => {
    const { api, last, settle } = await openWorld();
    const first = api.call('keys.list', {});
    const second = api.call('app.status', {});
    await settle();
    const [one, two] = last().sent;
    expect([one?.method, two?.method]).toEqual(['keys.list', 'app.status']);
    last().says({ id: two?.id, answer: 'second' });
    last().says({ id: one?.id, answer: 'first' });
    expect(await Promise.all([first, second])).toEqual(['first', 'second']);
  });

  it('waits with a call until it is connected', async () => {
    const { load, settle, last } = world();
    const call = load().call('keys.list', {});
    await settle();
    expect(last().sent).toEqual([]);
    last().says({ welcome: true });
    await settle();
    last().says({ id: last().sent[0]?.id, answer: 'late' });
    expect(await call).toBe('late');
  });

  it('rejects a call that main refused', async () => {
    const { api, last, settle } = await openWorld();
    const call = expect(api.call('keys.list', {})).rejects.toBeInstanceOf(RefusedError);
    await settle();
    last().says({ id: last().sent[0]?.id, refused: 'No such call' });
    await call;
  });

  it('rejects calls under way when the connection ends, and never sends them again', async () => {
    const { api, last, settle, sockets } = await openWorld();
    const call = expect(api.call('keys.list', {})).rejects.toBeInstanceOf(DisconnectedError);
    await settle();
    last().closes(1006);
    await call;
    expect(api.connection.current()).toBe('lost');
    await vi.advanceTimersByTimeAsync(250);
    last().says({ welcome: true });
    await settle();
    expect(api.connection.current()).toBe('open');
    expect(sockets).toHaveLength(2);
    expect(last().sent).toEqual([]);
  });

  it('keeps trying while main is away, ever more slowly, and does not forget the token meanwhile', async () => {
    const { load, main, settle, sockets, location } = world();
    main.running = false;
    const api = load();
    await settle();
    expect(api.connection.current()).toBe('lost');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(location.hash).not.toBe('');
    main.running = true;
    await vi.advanceTimersByTimeAsync(5_000);
    expect(sockets).toHaveLength(1);
  });

  it('says that it is signed out when main was started anew', async () => {
    const { api, main, last } = await openWorld();
    main.knows.clear();
    last().closes(1001);
    await vi.advanceTimersByTimeAsync(250);
    expect(api.connection.current()).toBe('signed-out');
  });

  it.each([4001, 4002])(
    'gives way to another page (%i) and stays so until the person wants it here',
    async (code) => {
      const { api, last, sockets, settle } = await openWorld();
      last().closes(code);
      expect(api.connection.current()).toBe('in-use');
      await vi.advanceTimersByTimeAsync(60_000);
      expect(sockets).toHaveLength(1);
      api.connection.take();
      await settle();
      expect(last().url.searchParams.has('take-over')).toBe(true);
      last().says({ welcome: true });
      await settle();
      expect(api.connection.current()).toBe('open');
    },
  );

  it('tells of every change of the connection until nobody listens', async () => {
    const { api, last } = await openWorld();
    const seen: string[] = [];
    const stop = api.connection.subscribe(() => seen.push(api.connection.current()));
    last().closes(4001);
    stop();
    api.connection.take();
    expect(seen).toEqual(['in-use']);
  });

  it('hears its feed and no other, until it stops listening', async () => {
    const { api, last } = await openWorld();
    const heard: unknown[] = [];
    const stop = api.on('keys.changed', (state) => heard.push(state));
    last().says({ feed: 'app.changed', state: 'other' });
    last().says({ feed: 'keys.changed', state: 'mine' });
    stop();
    last().says({ feed: 'keys.changed', state: 'later' });
    expect(heard).toEqual(['mine']);
  });
});

describe('the page in Electron', () => {
  it('goes by the bridge', async () => {
    const listeners: ((message: FeedMessage) => void)[] = [];
    const api = createClient(
      electronTransport({
        call: async (method, input) => ({ method, input }),
        on: (listener) => {
          listeners.push(listener);
          return () => void listeners.splice(0);
        },
      }),
    ) as unknown as Api;
    expect(await api.call('keys.list', {})).toEqual({ method: 'keys.list', input: {} });
    const heard: unknown[] = [];
    const stop = api.on('keys.changed', (state) => heard.push(state));
    for (const listener of listeners) listener({ feed: 'keys.changed', state: 1 });
    stop();
    expect([heard, listeners]).toEqual([[1], []]);
    expect(api.connection.current()).toBe('open');
  });
});

it('types calls, answers and feeds by the contract', () => {
  const check = (api: Api) => {
    api.on('keys.changed', ({ changed }) => expectTypeOf(changed).toEqualTypeOf<KeyRow[]>());
    // @ts-expect-error no such call
    void api.call('keys.steal', {});
    // @ts-expect-error an input is missing
    void api.call('keys.get', {});
    // @ts-expect-error a feed is not a call
    void api.call('keys.changed', {});
    // @ts-expect-error a call is not a feed
    api.on('keys.list', () => undefined);
    return api.call('keys.list', {});
  };
  expectTypeOf(check).returns.resolves.extract<{ ok: true }>().toEqualTypeOf<{
    readonly ok: true;
    readonly value: { keys: KeyRow[] };
  }>();
});
