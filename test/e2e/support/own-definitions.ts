import { writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Definitions as a user would write them, for providers that the app does not know. */

const field = {
  name: 'API_KEY',
  label: 'API key',
  secret: true,
  variable: 'ACME_API_KEY',
  pattern: 'sk_test_[0-9A-Za-z]{32}',
};

const bearer = (token: string) => ({ kind: 'bearer', token });

const check = {
  method: 'GET',
  path: '/v1/me',
  authentication: bearer('{key.API_KEY}'),
  verdicts: [
    { when: { status: [200] }, outcome: 'valid' },
    { when: { status: [401] }, outcome: 'refused' },
  ],
};

/** A provider with a key API, at the origin. */
export function automatic(origin: string) {
  return {
    format: 1,
    id: 'acme',
    name: 'Acme',
    description: 'Keys of Acme, described by its user.',
    environments: ['test'],
    hosts: { api: { kind: 'fixed', url: origin } },
    credential: [{ name: 'token', label: 'Admin token', kind: 'secret' }],
    authentication: bearer('{credential.token}'),
    fields: [field],
    creation: { nameMaxLength: 100 },
    operations: {
      create: {
        method: 'POST',
        path: '/v1/api-keys',
        success: [201],
        body: { kind: 'json', value: { name: '{request.name}' } },
        response: { id: '/data/id', fields: { API_KEY: '/data/key' } },
      },
      list: {
        method: 'GET',
        path: '/v1/api-keys',
        response: { items: '/data', id: '/id', name: { at: '/name', always: true } },
      },
      revoke: { method: 'DELETE', path: '/v1/api-keys/{id}' },
      check,
    },
  };
}

/** The same provider without a key API: its keys are made and revoked in a dashboard, and can be checked. */
export function assisted(origin: string) {
  return {
    ...automatic(origin),
    id: 'acme-by-hand',
    name: 'Acme by hand',
    credential: [],
    authentication: { kind: 'none' },
    dashboard: {
      url: 'https://dashboard.acme.example/keys',
      create: ['Open Developer, then Keys.', 'Press Generate and copy the key.'],
      revoke: ['Find the key in the list.', 'Press Revoke.'],
    },
    operations: { check },
  };
}

/** Puts a definition into a file of the folder; answers the file. */
export async function writeDefinition(folder: string, definition: object): Promise<string> {
  const file = path.join(folder, 'provider.json');
  await writeFile(file, JSON.stringify(definition, null, 2));
  return file;
}
