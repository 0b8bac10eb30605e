import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import type { DefinitionData } from '../../../../main/providers/definition.ts';
import { asking, connectInvented } from './connect-invented.ts';
import { demand, type Heard, inventServer } from './invented-server.ts';
import { keyShelf } from './key-shelf.ts';
import { liveThrough } from './whole-life.ts';

/*
 * Signet. "Sign every request with your signing secret: Base64 of HMAC-SHA512 over the body, or over the query string when
 * there is no body (over nothing when there is neither), in X-Signature; your signer's name goes into X-Signer, and the
 * account it is for into X-Account. Our own libraries also send Accept-Version: 2. The list takes the cursor `from`."
 */
const signet = (origin: string): DefinitionData => ({
  format: 1,
  id: 'signet',
  name: 'Signet',
  environments: ['live'],
  hosts: { api: { kind: 'fixed', url: origin } },
  settings: [{ name: 'account', label: 'Account' }],
  credential: [
    { name: 'signer', label: 'Signer' },
    { name: 'secret', label: 'Signing secret', kind: 'secret' },
  ],
  authentication: {
    kind: 'hmac',
    headers: { 'X-Signer': '{credential.signer}' },
    signature: { header: 'X-Signature', key: '{credential.secret}', algorithm: 'sha512', encoding: 'base64' },
  },
  headers: { 'Accept-Version': '2', 'X-Account': '{setting.account}' },
  fields: [{ name: 'KEY', label: 'Key', secret: true, variable: 'SIGNET_KEY' }],
  creation: { nameMaxLength: 64, restrictions: ['ips', 'referrers'] },
  operations: {
    create: {
      method: 'PUT',
      path: '/keys',
      body: {
        kind: 'json',
        value: {
          name: '{request.name}',
          only: {
            from: { $value: 'request.ips', as: 'list' },
            pages: { $value: 'request.referrers', as: 'comma' },
          },
        },
      },
      response: { id: '/id', fields: { KEY: '/secret' } },
    },
    list: {
      method: 'GET',
      path: '/keys',
      query: { order: 'a&b=ü' },
      pager: { kind: 'cursor', in: 'query', parameter: 'from', next: '/from', hasMore: '/more' },
      response: { items: '/keys', id: '/number', name: { at: '/name', always: true } },
    },
    revoke: { method: 'DELETE', path: '/keys/{id}', success: [204] },
    check: {
      method: 'POST',
      path: '/ping',
      authentication: {
        kind: 'hmac',
        headers: { 'X-Signer': 'ping' },
        signature: { header: 'X-Signature', key: '{key.KEY}', algorithm: 'sha512', encoding: 'base64' },
      },
      body: { kind: 'empty-object' },
      verdicts: [
        { when: { status: [200] }, outcome: 'valid' },
        { when: { status: [401] }, outcome: 'refused' },
      ],
    },
  },
});

const credential = { signer: 'build', secret: 'signing secret ü' };

async function startSignet() {
  const shelf = keyShelf('');
  const isSignedBy = (secret: string, { headers, text }: Heard, query: string) =>
    headers['x-signature'] ===
    createHmac('sha512', secret)
      .update(text === '' ? query : text)
      .digest('base64');
  const managing = (heard: Heard) => {
    const { headers } = heard;
    demand(headers['accept-version'] === '2' && headers['x-account'] === 'acme', 400);
    demand(headers['x-signer'] === 'build', 401);
    const query = api.lines.at(-1)?.split('?')[1] ?? '';
    demand(isSignedBy(credential.secret, heard, query), 401);
  };
  const api = await inventServer({
    'PUT /keys': (heard) => {
      managing(heard);
      const { name, only } = JSON.parse(heard.text);
      const { number, secret } = shelf.make(name, { only });
      return { status: 200, body: { id: number, secret } };
    },
    'GET /keys': (heard) => {
      managing(heard);
      demand(heard.query.get('order') === 'a&b=ü', 400);
      const from = Number(heard.query.get('from') ?? 0);
      const more = from + 2 < shelf.all.length;
      const keys = shelf.all.slice(from, from + 2);
      // Even the last page has a cursor; only `more` tells the end.
      return { status: 200, body: { keys, from: from + 2, more } };
    },
    'DELETE /keys/:id': (heard) => {
      managing(heard);
      const key = shelf.numbered(Number(heard.at.id));
      demand(key !== undefined, 404);
      shelf.remove(key);
      return { status: 204 };
    },
    'POST /ping': (heard) => {
      demand(heard.text === '{}' && heard.headers['x-signer'] === 'ping', 400);
      demand(
        shelf.all.some(({ secret }) => isSignedBy(secret, heard, '')),
        401,
      );
      return { status: 200 };
    },
  });
  return { api, shelf };
}

test('every request signed over its body, its query or nothing, with the account in a header of its own', async () => {
  const { api, shelf } = await startSignet();
  const provider = connectInvented(signet(api.origin), { settings: { account: 'acme' }, credential });
  const restrictions = {
    ips: ['10.0.0.0/8'],
    referrers: ['https://a.example', 'https://b.example'],
    endpoints: [],
  };
  await liveThrough(provider, [api], { request: asking({ restrictions }) });
  expect(shelf.all[0]?.facts.only).toEqual({
    from: ['10.0.0.0/8'],
    pages: 'https://a.example,https://b.example',
  });
  expect(JSON.stringify(api.heard.map(({ headers, text }) => [headers, text]))).not.toContain(
    'signing secret',
  );
});

test('a wrong signing secret is told as a rejected credential', async () => {
  const { api } = await startSignet();
  const account = { settings: { account: 'acme' }, credential: { ...credential, secret: 'other' } };
  const provider = connectInvented(signet(api.origin), account);
  expect(await provider.checkCredential()).toMatchObject({ error: { code: 'credential-rejected' } });
});
