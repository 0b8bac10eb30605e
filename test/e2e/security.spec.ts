import { expect, type Page } from '@playwright/test';
import { recordAnswers } from './support/answer-record.ts';
import { askMain, callMain, exposeSocket } from './support/call-main.ts';
import { browserHostOnly, isElectron } from './support/host.ts';
import { startOddServer, webSite } from './support/odd-servers.ts';
import { addSandbox, generateKeyAt, goTo } from './support/screens.ts';
import { test } from './support/with-sandbox.ts';

test.skip(isElectron, browserHostOnly);

const notSignedIn = 'This page is not signed in. Open the address that Keyturn printed when it started.';

test.describe('a page without the right token', () => {
  for (const [what, fragment] of [
    ['no token', ''],
    ['a wrong token', `#${'A'.repeat(43)}`],
  ] as const) {
    test(`is told so and gets no data: ${what}`, async ({ page, world }) => {
      await page.goto(`${new URL(world.app.url).origin}/${fragment}`);
      await expect(page.getByRole('alert')).toHaveText(notSignedIn);
      await expect(page.getByRole('navigation')).toHaveCount(0);
      expect(world.answers.frames).toEqual([]);
      const session = await page.evaluate(async () => (await fetch('/session')).status);
      expect(session).toBe(401);
    });
  }
});

test('the token leaves the address bar and the history at once, and nothing of a session is for scripts elsewhere', async ({
  page,
  context,
  world,
}) => {
  await world.open();
  const token = new URL(world.app.url).hash.slice(1);
  expect(page.url()).not.toContain(token);
  expect(await page.evaluate(() => document.cookie)).toBe('');
  expect(await context.cookies()).toMatchObject([{ httpOnly: true, sameSite: 'Strict' }]);
  const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
  expect(kept).not.toContain(token);
  await page.goto('about:blank');
  await page.goBack();
  await expect(page.getByRole('navigation')).toBeVisible();
  expect(page.url()).not.toContain(token);
});

test('a page of another server on this machine reaches nothing, not even with the token and the user’s cookie', async ({
  page,
  context,
  world,
  sandbox,
}) => {
  await world.open();
  await generateKeyAt(page, sandbox);
  const { origin, hash, host } = new URL(world.app.url);
  const elsewhere = await startOddServer(webSite);
  const foreign = await context.newPage();
  const answers = recordAnswers(foreign);
  const verdicts = await recordVerdicts(foreign, origin);
  await foreign.goto(elsewhere.origin);
  const outcome = await foreign.evaluate(
    async ([app, token, appHost]) => {
      const reads = (request: Promise<Response>) =>
        request.then(
          async (response) => `${response.type} ${response.status} ${(await response.text()).length}`,
          () => 'refused',
        );
      const knock = (protocols: string[]) =>
        new Promise<string>((resolve) => {
          const socket = new WebSocket(`ws://${appHost}/ipc?page=foreign&take-over=`, protocols);
          socket.onopen = () => resolve('open');
          socket.onerror = () => resolve('refused');
        });
      const framed = () =>
        new Promise<string>((resolve) => {
          const frame = document.createElement('iframe');
          frame.src = `${app}/#${token}`;
          frame.onload = () => resolve(frame.contentDocument === null ? 'unreadable' : 'empty');
          document.body.append(frame);
        });
      return {
        page: await reads(fetch(`${app}/`, { credentials: 'include' })),
        session: await reads(
          fetch(`${app}/session`, { method: 'POST', body: token, credentials: 'include' }),
        ),
        blind: await reads(
          fetch(`${app}/session`, { method: 'POST', body: token, mode: 'no-cors', credentials: 'include' }),
        ),
        socket: await knock(['keyturn', 'a'.repeat(64)]),
        plainSocket: await knock([]),
        frame: await framed(),
      };
    },
    [origin, hash.slice(1), host] as const,
  );
  expect(outcome).toMatchObject({
    page: 'refused',
    session: 'refused',
    socket: 'refused',
    plainSocket: 'refused',
  });
  // Sent blindly, the answer cannot be read, and it has opened no session.
  expect(outcome.blind).toMatch(/^(refused|opaque 0 0)$/);
  await expect.poll(verdicts).toEqual(['fetch 403', 'fetch 403', 'fetch 403', 'socket 403', 'socket 403']);
  expect(foreign.frames().map((frame) => frame.url())).not.toContain(`${origin}/`);
  expect(answers.frames).toEqual([]);

  const opened = foreign.waitForEvent('popup');
  const handle = await foreign.evaluateHandle((app) => window.open(app), `${origin}/`);
  await (await opened).waitForLoadState();
  const reach = await handle.evaluate((other) => (other === null || other.closed ? 'cut off' : 'held'));
  expect(reach).toBe('cut off');
  expect((await callMain(page, 'keys.list', {})).keys).toHaveLength(1);
  await elsewhere.stop();
});

test('no script but the app’s own runs in the page, and the page talks to no other server', async ({
  page,
  world,
}) => {
  await world.open();
  const elsewhere = await startOddServer((request, response) => {
    heard.push(request.url ?? '');
    webSite(request, response);
  });
  const heard: string[] = [];
  const outcome = await page.evaluate(async (other) => {
    const violations: string[] = [];
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) =>
      violations.push(effectiveDirective),
    );
    const tried = (act: () => unknown): string => {
      try {
        act();
        return 'ran';
      } catch (error) {
        return error instanceof Error ? error.name : 'threw';
      }
    };
    const inline = document.createElement('script');
    const setText = tried(() => {
      inline.text = 'window.injected = true';
    });
    inline.append('window.injected = true');
    const appended = tried(() => document.head.append(inline));
    const image = new Image();
    const loaded = new Promise((resolve) => {
      image.onerror = () => resolve('refused');
      image.onload = () => resolve('loaded');
    });
    image.src = `${other}/image`;
    const outside = await fetch(`${other}/fetch`).then(
      () => 'answered',
      () => 'refused',
    );
    const socket = tried(() => new WebSocket(other.replace('http', 'ws')));
    const markup = tried(() => {
      document.createElement('div').innerHTML = '<img src=x onerror="window.injected = true">';
    });
    const handler = document.createElement('button');
    handler.setAttribute('data-x', '');
    tried(() => handler.setAttribute('onclick', 'window.injected = true'));
    handler.click();
    return {
      setText,
      appended,
      image: await loaded,
      outside,
      socket,
      markup,
      // biome-ignore lint/security/noGlobalEval: that it does not run is what is tested.
      evaluated: tried(() => window.eval('1')),
      injected: 'injected' in window,
      violations: [...new Set(violations)].sort(),
    };
  }, elsewhere.origin);
  expect(outcome).toMatchObject({
    setText: 'TypeError',
    image: 'refused',
    outside: 'refused',
    markup: 'TypeError',
    evaluated: 'EvalError',
    injected: false,
  });
  expect(outcome.violations).toEqual(['connect-src', 'img-src', 'require-trusted-types-for']);
  expect(heard).toEqual([]);
  await elsewhere.stop();
});

test('what a script in the page could ask for is the contract and no more', async ({
  page,
  world,
  sandbox,
}) => {
  await world.open();
  await generateKeyAt(page, sandbox);
  const refused = (method: string) =>
    askMain(page, method, {}).then(
      () => 'answered',
      (error: Error) => /No such call/.test(error.message),
    );
  for (const method of ['constructor', '__proto__', 'toString', 'keys.changed', 'keys.get.constructor', '']) {
    expect([method, await refused(method)]).toEqual([method, true]);
  }
  const invalid = { ok: false, error: { code: 'invalid-input' } };
  expect(await askMain(page, 'keys.get', { id: '../vault' })).toMatchObject(invalid);
  expect(
    await askMain(page, 'keys.reveal', { id: { $ne: null }, purpose: 'show', field: null }),
  ).toMatchObject(invalid);
  expect(await askMain(page, 'keys.list', null)).toMatchObject(invalid);
  expect(await globalsOf(page)).toEqual([]);
});

/** What the server says to the requests and sockets of a page, which the browser keeps from the page itself. */
async function recordVerdicts(page: Page, server: string): Promise<() => readonly string[]> {
  const fetches = new Set<string>();
  const statuses = new Map<string, number>();
  const sockets: string[] = [];
  const network = await page.context().newCDPSession(page);
  await network.send('Network.enable');
  network.on('Network.requestWillBeSent', ({ requestId, request, type }) => {
    if (type === 'Fetch' && request.url.startsWith(server)) fetches.add(requestId);
  });
  network.on('Network.responseReceivedExtraInfo', ({ requestId, statusCode }) => {
    statuses.set(requestId, statusCode);
  });
  network.on('Network.webSocketFrameError', ({ errorMessage }) => {
    sockets.push(`socket ${/code: (\d+)/.exec(errorMessage)?.[1]}`);
  });
  return () => [...[...fetches].map((id) => `fetch ${statuses.get(id)}`), ...sockets];
}

/** The names that the app adds to the page's window, beside those of the browser and of the tests. */
function globalsOf(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const frame = document.createElement('iframe');
    document.body.append(frame);
    const usual = new Set(Object.getOwnPropertyNames(frame.contentWindow ?? {}));
    frame.remove();
    return Object.getOwnPropertyNames(window).filter(
      (name) => !usual.has(name) && !/^(\d+|testSocket|__playwright.*|__pw.*)$/.test(name),
    );
  });
}

test('only one page holds the vault, and the other is told, can take its place and sees what is true now', async ({
  page,
  context,
  world,
  sandbox,
}) => {
  await world.open();
  await goTo(page, 'Providers');
  const second = await context.newPage();
  const answers = recordAnswers(second);
  await exposeSocket(second);
  await second.goto(world.app.url);
  await expect(second.getByRole('alert')).toContainText('Keyturn is open in another page.');
  expect(answers.frames).toEqual([]);
  expect((await callMain(page, 'vault.status', {})).vault.state).toBe('open');
  await second.getByRole('button', { name: 'Use it here' }).click();
  await expect(second.getByRole('heading', { level: 1, name: 'Keys' })).toBeVisible();
  await expect(page.getByRole('alert')).toContainText('Keyturn is open in another page.');
  await addSandbox(second, sandbox);
  await page.getByRole('button', { name: 'Use it here' }).click();
  await expect(page.getByRole('article', { name: 'Sandbox' })).toBeVisible();
  await expect(page.getByRole('alert')).toHaveCount(0);
});
