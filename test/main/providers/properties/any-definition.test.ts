import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadDefinition } from '../../../../main/providers/load-definition.ts';
import { arbitraryDefinition } from './arbitrary-definition.ts';
import { askEverything, expectSafe } from './ask-everything.ts';
import { circumstances } from './random-circumstances.ts';

test('whatever a definition says and its provider answers, the client answers in time and sends no secret elsewhere', async () => {
  let accepted = 0;
  let requests = 0;
  await fc.assert(
    fc.asyncProperty(arbitraryDefinition, circumstances, async (json, given) => {
      const loaded = loadDefinition(json);
      if (!loaded.ok) return;
      accepted += 1;
      const sent = await askEverything(loaded.value, given);
      requests += sent.length;
      expectSafe(loaded.value, given.settings, sent);
    }),
    { numRuns: 400 },
  );
  // Otherwise this would say nothing.
  expect(accepted).toBeGreaterThan(100);
  expect(requests).toBeGreaterThan(500);
});
