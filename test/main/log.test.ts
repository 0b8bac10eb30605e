import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLog } from '../../main/log.ts';
import { redact } from '../../main/redact.ts';
import { Secret } from '../../main/secrets/secret.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyturn-log-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const open = (limitBytes?: number) =>
  createLog({
    folder,
    clock: { now: () => Date.UTC(2026, 0, 2) },
    random: randomBytes,
    ...(limitBytes === undefined ? {} : { limitBytes }),
  });
const text = () => readFileSync(join(folder, 'keyturn.log'), 'utf8');

describe('the local log', () => {
  it('finds what happened under the reference that was answered', () => {
    const log = open();
    const ref = log.failed('call keys.list', new TypeError('names is not iterable'));
    const other = log.failed('call keys.list', new Error('other'));
    const lines = text()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(ref).not.toBe(other);
    expect(lines[0]).toMatchObject({
      at: '2026-01-02T00:00:00.000Z',
      ref,
      where: 'call keys.list',
      cause: { name: 'TypeError', message: 'names is not iterable' },
    });
    expect(lines[0].cause.frames[0]).toMatch(/log\.test\.ts:\d+:\d+$/);
  });

  it('keeps secrets out, wherever an error carries them', () => {
    const canary = 'sk_live_4f9aXq81LmZ0tRv7';
    const cause = new Error(`401 for https://user:${canary}@pay.example/v1?key=${canary}`);
    const error = Object.assign(new Error(`refused: ${canary}`, { cause }), {
      request: { headers: { Authorization: `Bearer ${canary}` } },
    });
    const log = open();
    log.failed('call keys.issue', error);
    log.failed('call keys.issue', canary);
    log.failed('call keys.issue', new Secret(canary));
    log.failed('call keys.issue', { value: canary });
    log.note('start', `the token is ${canary}`);
    expect(text()).not.toContain(canary);
    expect(text()).toContain('[redacted]');
    expect(text()).toContain('[secret]');
  });

  it('is readable by its owner only', () => {
    open().note('start', 'ready');
    expect(statSync(join(folder, 'keyturn.log')).mode & 0o777).toBe(0o600);
  });

  it('never grows beyond twice its limit', () => {
    const log = open(1_000);
    for (let index = 0; index < 200; index += 1) log.note('start', `entry number ${index}`);
    expect(readdirSync(folder).sort()).toEqual(['keyturn.1.log', 'keyturn.log']);
    for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).size).toBeLessThan(1_200);
    expect(text()).toContain('entry number 199');
  });

  it('does not turn a failure into another one where it cannot write', () => {
    writeFileSync(join(folder, 'file'), '');
    const log = createLog({ folder: join(folder, 'file'), clock: Date, random: randomBytes });
    expect(log.failed('call keys.list', new Error('boom'))).toMatch(/^[0-9a-f]{10}$/);
  });
});

describe('redaction', () => {
  it.each([
    ['Authorization: Basic dXNlcjpwYXNz'],
    ['authorization = hunter22 and more'],
    ['{"password":"correct horse battery"}'],
    ['{"apiKey": "abc"}'],
    ['api_key=abc'],
    ['Set-Cookie: session=abc'],
    ['x-api-key: abc'],
    ['Bearer abcdefg.hij'],
    ['rejected AKIAIOSFODNN7EXAMPLE'],
    ['rejected ghp_16C7e42F292c6912E7710c838347Ae178B4a'],
    ['rejected AbCdEfGhIjKlMnOpQrStUvWxYz'],
    ['rejected 8f14e45fceea167a5a36dedd4bea2543'],
    ['https://joe:pass@pay.example/'],
    ['https://pay.example/?sig=abc'],
    ['-----BEGIN PRIVATE KEY-----\nabc\n-----END PRIVATE KEY-----'],
  ])('takes the credential out of %j', (input) => {
    const output = redact(input);
    expect(output).toContain('[redacted]');
    for (const piece of ['dXNl', 'hunter22', 'horse', 'abc', 'AKIA', 'ghp_', 'GhIj', '8f14', 'pass@'])
      expect(output).not.toContain(piece);
  });

  it.each([
    ['names is not iterable'],
    ['ENOENT: no such file or directory'],
    ['connect ECONNREFUSED 127.0.0.1:4873'],
    ['The failure key-unknown is not declared'],
  ])('leaves %j as it is', (input) => {
    expect(redact(input)).toBe(input);
  });
});
