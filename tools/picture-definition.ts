import { writeFile } from 'node:fs/promises';

/** A provider whose keys are made in its dashboard and checked at a sandbox, as a file of the user's own describes it. */
const parcelway = {
  format: 1,
  id: 'parcelway',
  name: 'Parcelway',
  description: 'Keys for labels and tracking.',
  environments: ['test', 'live'],
  dashboard: {
    url: 'https://parcelway.example/settings/keys',
    create: [
      'Open “API keys”.',
      'Press “New key” and give it a name.',
      'Copy the key before you close the page.',
    ],
    revoke: ['Open “API keys”.', 'Press “Delete” beside the key.'],
  },
  preconditions: [
    { text: 'An account on the Business plan, or its trial.', url: 'https://parcelway.example/plans' },
  ],
  advice: ['Use one key for each warehouse.'],
  recommendedDays: 60,
  hosts: { api: { kind: 'asked', setting: 'url' } },
  settings: [{ name: 'url', label: 'Address', kind: 'url', help: 'Where your Parcelway is.' }],
  authentication: { kind: 'none' },
  fields: [
    {
      name: 'API_KEY',
      label: 'API key',
      secret: true,
      variable: 'PARCELWAY_API_KEY',
      prefix: { test: 'sk_test_', live: 'sk_live_' },
      pattern: 'sk_(test|live)_[0-9A-Za-z]{32}',
    },
  ],
  creation: { nameMaxLength: 60 },
  operations: {
    check: {
      method: 'GET',
      path: '/v1/me',
      authentication: { kind: 'bearer', token: '{key.API_KEY}' },
      verdicts: [
        { when: { status: [200] }, outcome: 'valid' },
        {
          when: { status: [401], field: { at: '/error/code', is: ['revoked_api_key'] } },
          outcome: 'refused',
          why: 'revoked',
        },
        { when: { status: [401] }, outcome: 'refused' },
      ],
    },
  },
};

/** Writes the definition to the file. */
export async function writeDefinition(file: string): Promise<void> {
  await writeFile(file, `${JSON.stringify(parcelway, null, 2)}\n`);
}

/** Writes it with faults of the kinds that people make: a word misspelt, a field that is not there, a host without TLS. */
export async function writeFaultyDefinition(file: string): Promise<void> {
  const { check } = parcelway.operations;
  const faulty = {
    ...parcelway,
    enviroments: parcelway.environments,
    hosts: { api: { kind: 'fixed', url: 'http://api.parcelway.example' } },
    operations: {
      check: { ...check, authentication: { kind: 'bearer', token: '{key.TOKEN}' }, verdicts: [] },
    },
  };
  await writeFile(file, `${JSON.stringify(faulty, null, 2)}\n`);
}
