import { afterEach, expect, test } from 'vitest';
import { connect, definitionOf, json, plainRequest, startServer, type TestServer } from './world.ts';

const servers: TestServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

const plans = 'https://example.com/plans';
const preconditions = [{ text: 'A verified address.' }, { text: 'A plan.', url: plans }];
const meanings = [
  { when: { status: [403], field: { at: '/code', is: ['no-plan'] } }, means: 'subscription-needed' as const },
  { when: { status: [403], field: { at: '/code', is: ['full'] } }, means: 'key-limit-reached' as const },
];

test.each([
  [402, {}, preconditions, { code: 'subscription-needed', url: plans }],
  [402, {}, [], { code: 'subscription-needed', url: null }],
  [403, { code: 'no-plan' }, preconditions, { code: 'subscription-needed', url: plans }],
  [403, { code: 'full' }, preconditions, { code: 'key-limit-reached' }],
  [403, { code: 'else' }, preconditions, { code: 'permission-lacking' }],
])('%d %j made no key and is told with what helps: %j', async (status, body, before, failure) => {
  const server = await startServer((_request, response) =>
    json(response, status, { ...body, message: 'No more keys' }),
  );
  servers.push(server);
  const errors = { messages: ['/message'], meanings };
  const { provider } = connect(server.origin, {
    definition: definitionOf({ preconditions: before, errors }),
  });
  expect(await provider.create('a', plainRequest, {})).toMatchObject({
    error: { outcome: 'rejected', failure: { ...failure, message: 'No more keys' } },
  });
});
