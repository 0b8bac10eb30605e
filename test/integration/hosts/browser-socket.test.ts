import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { WebSocket } from 'ws';
import { closing, type HostWorld, nextMessage, startHostWorld } from './host-world.ts';

let world: HostWorld;

beforeEach(async () => {
  world = await startHostWorld();
});
afterEach(() => world.host.stop());

/** A page with its place, past the welcome. */
async function enter(page: string, query = ''): Promise<WebSocket> {
  const socket = world.knock({ ...(await world.signIn()), path: `/ipc?page=${page}${query}` });
  expect(await nextMessage(socket)).toEqual({ welcome: true });
  return socket;
}

async function ask(socket: WebSocket, message: unknown): Promise<unknown> {
  const reply = nextMessage(socket);
  socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  return reply;
}

describe('the socket of the browser host', () => {
  it('carries calls to the door and their answers back', async () => {
    const socket = await enter('one');
    expect(await ask(socket, { id: 1, method: 'keys.rename', input: { name: 'mail' } })).toEqual({
      id: 1,
      answer: { ok: true, value: { name: 'mail' } },
    });
    expect(await ask(socket, { id: 2, method: 'keys.rename', input: { name: 7 } })).toMatchObject({
      id: 2,
      answer: { ok: false, error: { code: 'invalid-input' } },
    });
  });

  it.each(['keys.steal', 'constructor', '__proto__', 'keys.changed'])(
    'refuses the call %s',
    async (method) => {
      const socket = await enter('one');
      expect(await ask(socket, { id: 1, method, input: {} })).toEqual({ id: 1, refused: 'No such call' });
    },
  );

  it.each(['not json', '{}', '[]', 'null', '{"id":"1","method":"keys.rename","input":{}}'])(
    'shows the door to who sends %j',
    async (text) => {
      const socket = await enter('one');
      const closed = closing(socket);
      socket.send(text);
      expect(await closed).toBe(1008);
    },
  );

  it('sends feeds until the page has gone', async () => {
    const socket = await enter('one');
    const heard = nextMessage(socket);
    world.announcer.announce('keys.changed', { name: 'mail' });
    expect(await heard).toEqual({ feed: 'keys.changed', state: { name: 'mail' } });
    const closed = closing(socket);
    socket.close();
    await closed;
    world.announcer.announce('keys.changed', { name: 'pay' });
    expect(world.log.failures).toEqual([]);
  });

  it('turns a second page away and says why, and the first one goes on', async () => {
    const first = await enter('one');
    const second = world.knock({ ...(await world.signIn()), path: '/ipc?page=two' });
    const messages: unknown[] = [];
    second.on('message', (data) => messages.push(data));
    expect(await closing(second)).toBe(4002);
    expect(messages).toEqual([]);
    expect(await ask(first, { id: 1, method: 'keys.rename', input: { name: 'mail' } })).toMatchObject({
      id: 1,
    });
  });

  it('gives a page that was reloaded its place back', async () => {
    const before = await enter('one');
    const closed = closing(before);
    const after = await enter('one');
    expect(await closed).toBe(4001);
    expect(await ask(after, { id: 1, method: 'keys.rename', input: { name: 'mail' } })).toMatchObject({
      id: 1,
    });
  });

  it('lets the person move to another page, and the first one is told', async () => {
    const first = await enter('one');
    const closed = closing(first);
    await enter('two', '&take-over=');
    expect(await closed).toBe(4001);
  });

  it('has a place again when the page has gone', async () => {
    const first = await enter('one');
    const closed = closing(first);
    first.close();
    await closed;
    await enter('two');
  });

  it('takes many pages where that was allowed', async () => {
    await world.host.stop();
    world = await startHostWorld({ allowManyClients: true });
    const sockets = [await enter('one'), await enter('two')];
    const heard = sockets.map(nextMessage);
    world.announcer.announce('keys.changed', { name: 'mail' });
    expect(await Promise.all(heard)).toHaveLength(2);
  });

  it('says goodbye when it stops, and frees its port', async () => {
    const socket = await enter('one');
    const closed = closing(socket);
    await world.host.stop();
    expect(await closed).toBe(1001);
    await expect(fetch(world.origin)).rejects.toThrow();
  });
});
