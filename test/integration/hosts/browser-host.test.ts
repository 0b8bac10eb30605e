import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type HostWorld, refusal, startHostWorld } from './host-world.ts';

let world: HostWorld;
let session: { readonly cookie: string; readonly proof: string };

beforeAll(async () => {
  world = await startHostWorld();
  session = await world.signIn();
});
afterAll(() => world.host.stop());

describe('the browser host', () => {
  it('prints an address on the loopback with a token that is too long to guess', () => {
    expect(world.host.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#[\w-]{43}$/);
  });

  it('serves the page and its files', async () => {
    const page = await world.ask('GET', '/');
    expect(page).toMatchObject({ status: 200, headers: { 'content-type': 'text/html; charset=utf-8' } });
    expect(page.body).toContain('<title>Keyturn</title>');
    expect((await world.ask('GET', '/assets/app.js?v=1')).body).toBe('console.log(1)');
    expect(await world.ask('HEAD', '/')).toMatchObject({ status: 200, body: '' });
  });

  it.each(['GET /', 'GET /none', 'POST /', 'GET /session'])(
    'sends the security headers with %s',
    async (line) => {
      const [method = '', path = ''] = line.split(' ');
      const { headers } = await world.ask(method, path);
      const csp = String(headers['content-security-policy']);
      expect(csp).toContain("default-src 'none'");
      expect(csp).toContain("script-src 'self';");
      expect(csp).toContain("frame-ancestors 'none'");
      expect(csp).not.toContain('unsafe');
      expect(csp).not.toContain('*');
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'no-referrer',
        'cross-origin-resource-policy': 'same-origin',
        'cross-origin-opener-policy': 'same-origin',
        'cache-control': 'no-store',
      });
      expect(headers['access-control-allow-origin']).toBeUndefined();
    },
  );

  it.each([
    '/../package.json',
    '/assets/../../package.json',
    '/%2e%2e/package.json',
    '/..%2fpackage.json',
    '/assets/%2e%2e%2f%2e%2e%2fetc%2fpasswd',
    '/..\\package.json',
    '//etc/passwd',
    '/index.html%00',
    '/constructor',
    '/__proto__',
  ])('has nothing at %s', async (path) => {
    expect((await world.ask('GET', path)).status).toBe(404);
  });

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'])('refuses %s for a file', async (method) => {
    expect(await world.ask(method, '/', { origin: world.origin })).toMatchObject({
      status: 405,
      headers: { allow: 'GET, HEAD' },
    });
  });

  it.each([
    'evil.example',
    'evil.example:80',
    '127.0.0.1',
    '127.0.0.1:1',
    '[::1]:80',
    'localhost.evil.example',
  ])('refuses a request for the host %s, whatever it holds', async (host) => {
    const headers = { host, origin: `http://${host}`, cookie: session.cookie };
    expect((await world.ask('GET', '/', { host })).status).toBe(403);
    expect((await world.ask('GET', '/session', headers)).status).toBe(403);
    expect((await world.ask('POST', '/session', headers, world.token)).status).toBe(403);
  });

  it.each(['https://evil.example', 'http://127.0.0.1:1', 'null', 'http://127.0.0.1', ''])(
    'refuses a request from a page of %j, whatever it holds',
    async (origin) => {
      const headers = { origin, cookie: session.cookie, 'x-keyturn-proof': session.proof };
      expect((await world.ask('GET', '/', headers)).status).toBe(403);
      expect((await world.ask('GET', '/session', headers)).status).toBe(403);
      expect((await world.ask('POST', '/session', headers, world.token)).status).toBe(403);
    },
  );

  it('refuses a file that a page elsewhere includes, and lets a link to the page through', async () => {
    const from = (mode: string) => ({ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': mode });
    expect((await world.ask('GET', '/assets/app.js', from('no-cors'))).status).toBe(403);
    expect((await world.ask('GET', '/', from('navigate'))).status).toBe(200);
  });

  it('exchanges the token for a cookie that scripts and other sites cannot use', async () => {
    const answer = await world.ask('POST', '/session', { origin: world.origin }, world.token);
    expect(answer.status).toBe(200);
    expect(answer.headers['set-cookie']).toEqual([
      expect.stringMatching(/^keyturn-\d+=[0-9a-f]{64}; HttpOnly; SameSite=Strict; Path=\/$/),
    ]);
    expect(answer.body).not.toContain(world.token);
  });

  it.each([
    ['no token', ''],
    ['a wrong token', 'A'.repeat(43)],
    ['a token that is too long', 'A'.repeat(190)],
  ])('gives no session for %s', async (_, token) => {
    const answer = await world.ask('POST', '/session', { origin: world.origin }, token);
    expect(answer).toMatchObject({ status: 401, body: '' });
    expect(answer.headers['set-cookie']).toBeUndefined();
  });

  it('gives no session to a request that does not say where it comes from', async () => {
    expect((await world.ask('POST', '/session', {}, world.token)).status).toBe(403);
  });

  it('does not read a body without end', async () => {
    const flood = world.ask('POST', '/session', { origin: world.origin }, 'A'.repeat(1_000_000));
    expect(
      await flood.then(
        ({ status }) => status,
        () => 401,
      ),
    ).toBe(401);
    expect((await world.ask('GET', '/')).status).toBe(200);
  });

  it('knows a session by both its halves only', async () => {
    const status = async (headers: Record<string, string>) =>
      (await world.ask('GET', '/session', headers)).status;
    const other = await world.signIn();
    expect(await status({ cookie: session.cookie, 'x-keyturn-proof': session.proof })).toBe(204);
    expect(await status({ cookie: `other=1; ${session.cookie}`, 'x-keyturn-proof': session.proof })).toBe(
      204,
    );
    expect(await status({})).toBe(401);
    expect(await status({ cookie: session.cookie })).toBe(401);
    expect(await status({ 'x-keyturn-proof': session.proof })).toBe(401);
    expect(await status({ cookie: session.cookie, 'x-keyturn-proof': other.proof })).toBe(401);
    expect(await status({ cookie: `${session.cookie}0`, 'x-keyturn-proof': session.proof })).toBe(401);
  });

  it.each<[string, number, (world: HostWorld) => Parameters<HostWorld['knock']>[0]]>([
    ['without a session', 401, () => ({})],
    ['without the cookie', 401, () => ({ proof: session.proof })],
    ['with a wrong cookie', 401, () => ({ ...session, cookie: `${session.cookie.slice(0, -1)}x` })],
    ['without the page’s half', 401, () => ({ cookie: session.cookie })],
    ['with a wrong half', 401, () => ({ cookie: session.cookie, proof: '0'.repeat(64) })],
    ['without our protocol', 401, () => ({ cookie: session.cookie, protocols: [session.proof] })],
    ['from a page elsewhere', 403, () => ({ ...session, origin: 'https://evil.example' })],
    ['from another port', 403, () => ({ ...session, origin: 'http://127.0.0.1:1' })],
    ['from a sandboxed frame', 403, () => ({ ...session, origin: 'null' })],
    ['from who knows where', 403, () => ({ ...session, origin: null })],
    ['for another host', 403, () => ({ ...session, host: 'evil.example' })],
    [
      'for another host, from its own page',
      403,
      () => ({ ...session, host: 'evil.example', origin: 'http://evil.example' }),
    ],
    ['at another path', 404, () => ({ ...session, path: '/' })],
    ['at a path that looks like ours', 404, () => ({ ...session, path: '/ipc/../x' })],
  ])('refuses a socket %s', async (_, status, parts) => {
    expect(await refusal(world.knock(parts(world)))).toBe(status);
  });

  it('cannot be reached from another machine', async () => {
    const { networkInterfaces } = await import('node:os');
    const outside = Object.values(networkInterfaces())
      .flat()
      .filter((address) => address !== undefined && !address.internal && address.family === 'IPv4');
    for (const address of outside) {
      await expect(fetch(`http://${address?.address}:${world.port}/`)).rejects.toThrow();
    }
    await expect(fetch(`http://[::1]:${world.port}/`)).rejects.toThrow();
  });

  it('says that a port is taken', async () => {
    const { startBrowserHost } = await import('../../../main/desktop/browser/browser-host.ts');
    const again = startBrowserHost({
      door: { call: () => Promise.reject(new Error('not asked')) },
      subscribe: () => () => undefined,
      log: world.log,
      pages: new Map(),
      port: Number(world.port),
      allowManyClients: false,
      random: (bytes) => new Uint8Array(bytes),
    });
    await expect(again).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});
