import { expect, test } from 'vitest';
import { catalog } from '../../../main/providers/catalog/catalog.ts';
import { previewOf } from '../../../main/providers/preview.ts';
import { definitionPreviewSchema } from '../../../shared/ipc/connections.contract.ts';
import { definitionOf } from './world.ts';

test('a preview names every host and every call before anything is sent', () => {
  const preview = previewOf(
    definitionOf({
      hosts: {
        api: { kind: 'template', url: 'https://{setting.app}.example.net/v1' },
        login: { kind: 'by-environment', test: 'https://login.test', live: 'https://login.live' },
        own: { kind: 'asked', setting: 'url' },
      },
      settings: [
        { name: 'url', label: 'Address', kind: 'url' },
        {
          name: 'app',
          label: 'App id',
          optionsFrom: { path: '/apps', items: '', value: '/id', label: '/n' },
        },
      ],
      authentication: {
        kind: 'exchange',
        request: { method: 'POST', host: 'login', path: '/token' },
        token: '/t',
      },
    }),
  );
  expect(preview.hosts).toEqual([
    { name: 'api', address: 'https://‹App id›.example.net/v1' },
    { name: 'login', address: 'https://login.test for test keys, https://login.live for live keys' },
    { name: 'own', address: 'the address that you enter as “Address”' },
  ]);
  expect(preview.calls).toEqual([
    { purpose: 'Log in', method: 'POST', address: '‹login›/token' },
    { purpose: 'Make a key', method: 'POST', address: 'https://‹App id›.example.net/v1/keys' },
    { purpose: 'List the keys', method: 'GET', address: 'https://‹App id›.example.net/v1/keys' },
    { purpose: 'Revoke a key', method: 'DELETE', address: 'https://‹App id›.example.net/v1/keys/‹id›' },
    { purpose: 'Check a key', method: 'GET', address: 'https://‹App id›.example.net/v1/me' },
    {
      purpose: 'List what may be chosen for “App id”',
      method: 'GET',
      address: 'https://‹App id›.example.net/v1/apps',
    },
  ]);
  expect(preview.fields).toEqual([{ label: 'Key', variable: 'EXAMPLE_KEY', secret: true }]);
});

test.each(catalog())('a preview of $id is what the page takes', (definition) => {
  const preview = { ...previewOf(definition), replaces: null, digest: 'x' };
  expect(definitionPreviewSchema.parse(preview)).toEqual(preview);
});
