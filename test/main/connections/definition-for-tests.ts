import type { DefinitionData } from '../../../main/providers/definition.ts';

/** A whole definition; `changes` replaces some of its parts. */
export function aDefinition(changes: Partial<DefinitionData> = {}): DefinitionData {
  return {
    format: 1,
    id: 'acme',
    name: 'Acme',
    website: 'https://acme.example/',
    environments: ['test'],
    hosts: { api: { kind: 'fixed', url: 'https://api.acme.example' } },
    credential: [{ name: 'token', label: 'Token', kind: 'secret' }],
    authentication: { kind: 'bearer', token: '{credential.token}' },
    fields: [{ name: 'API_KEY', label: 'API key', secret: true, variable: 'ACME_API_KEY' }],
    creation: { nameMaxLength: 64 },
    operations: {
      create: {
        method: 'POST',
        path: '/keys',
        body: { kind: 'json', value: { name: '{request.name}' } },
        success: [201],
        response: { id: '/id', fields: { API_KEY: '/key' } },
      },
      list: {
        method: 'GET',
        path: '/keys',
        response: { items: '/keys', id: '/id', name: { at: '/name', always: true } },
      },
      revoke: { method: 'DELETE', path: '/keys/{id}', success: [204] },
      check: {
        method: 'GET',
        path: '/me',
        authentication: { kind: 'bearer', token: '{key.API_KEY}' },
        verdicts: [
          { when: { status: [200] }, outcome: 'valid' },
          { when: { status: [401] }, outcome: 'refused' },
        ],
      },
    },
    ...changes,
  };
}
