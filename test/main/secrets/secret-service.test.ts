import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { decodeAnswer, encodeCall, messageLength } from '../../../main/secrets/bus-message.ts';
import { lookAtSecretService } from '../../../main/secrets/secret-service.ts';
import { sessionBusSocket } from '../../../main/secrets/session-bus.ts';

describe('The session bus', () => {
  test.each([
    ['a path', { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/run/user/0/bus,guid=1f' }, '/run/user/0/bus'],
    ['an abstract name', { DBUS_SESSION_BUS_ADDRESS: 'unix:abstract=/tmp/dbus-x' }, '\0/tmp/dbus-x'],
    ['escaped bytes', { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/tmp/a%20b%c3%b6' }, '/tmp/a bö'],
    ['the second of two', { DBUS_SESSION_BUS_ADDRESS: 'tcp:host=h,port=1;unix:path=/b' }, '/b'],
    ['none set', { XDG_RUNTIME_DIR: '/run/user/7' }, '/run/user/7/bus'],
  ])('is found by %s', (_, env, path) => {
    expect(sessionBusSocket(env)).toEqual({ path });
  });

  test.each([
    {},
    { DBUS_SESSION_BUS_ADDRESS: 'tcp:host=localhost,port=1' },
    { DBUS_SESSION_BUS_ADDRESS: 'autolaunch:' },
  ])('is not guessed at where the address is %o', (env) => {
    expect(sessionBusSocket(env)).toBeNull();
  });
});

describe('A bus that misbehaves', () => {
  let folder: string;
  let server: Server | undefined;
  const sockets: Socket[] = [];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'keyturn-bus-'));
  });
  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.destroy();
    await new Promise((resolve) => (server ? server.close(resolve) : resolve(null)));
    server = undefined;
    await rm(folder, { recursive: true });
  });

  /** A bus that answers what it is told, chunk by chunk, whatever it is asked. */
  async function busThatSays(...answers: Array<string | Buffer>): Promise<NodeJS.ProcessEnv> {
    const path = join(folder, 'bus');
    server = createServer((socket) => {
      sockets.push(socket);
      const left = [...answers];
      socket.on('error', () => undefined);
      socket.on('data', () => {
        const next = left.shift();
        if (next !== undefined) socket.write(next);
      });
    });
    await new Promise<void>((resolve) => server?.listen(path, resolve));
    return { DBUS_SESSION_BUS_ADDRESS: `unix:path=${path}` };
  }

  test('and never answers is waited for no longer than the limit', async () => {
    const env = await busThatSays();
    expect(await lookAtSecretService(env, 100)).toEqual({ state: 'unanswered', seconds: 0.1 });
  });

  test('and turns the user away is no way to a keychain', async () => {
    const env = await busThatSays('REJECTED EXTERNAL\r\n');
    expect(await lookAtSecretService(env, 1000)).toMatchObject({ state: 'absent' });
  });

  test.each([
    ['text', Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n')],
    ['noise', Buffer.alloc(64, 0xff)],
    ['a message without end', Buffer.concat([Buffer.from('l\x02\x00\x01'), Buffer.alloc(12, 0x7f)])],
    [
      'fields without sense',
      Buffer.concat([Buffer.from('l\x02\x00\x01'), u32(0), u32(1), u32(8), Buffer.alloc(8, 0x76)]),
    ],
  ])('and answers with %s says nothing about the keychain, and breaks nothing', async (_, bytes) => {
    const env = await busThatSays('OK 1234\r\n', bytes);
    const look = await lookAtSecretService(env, 300);
    expect(['unknown', 'unanswered']).toContain(look.state);
  });
});

describe('A message of the bus', () => {
  const call = {
    destination: 'org.freedesktop.secrets',
    path: '/org/freedesktop/secrets',
    interface: 'org.freedesktop.Secret.Service',
    member: 'ReadAlias',
    arguments: ['default', 'ö', ''],
  };

  test('has the length that its header says, and none before the header is there', () => {
    const bytes = encodeCall(7, call);
    expect(messageLength(bytes)).toBe(bytes.length);
    expect(messageLength(bytes.subarray(0, 15))).toBeNull();
    expect(bytes.readUInt32LE(8)).toBe(7);
  });

  test('that is no answer is passed over', () => {
    expect(decodeAnswer(encodeCall(7, call))).toBeNull();
  });

  test('carries its arguments in order', () => {
    const bytes = encodeCall(7, call);
    // The same bytes marked as an answer are read by the same rules.
    bytes.writeUInt8(2, 1);
    expect(decodeAnswer(bytes)?.body).toEqual(['default', 'ö', '']);
  });
});

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
