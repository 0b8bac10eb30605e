import { createFakeMain } from './fake-bridge.ts';

/** Puts a fake main under a page in a browser. `?keys=500&appearance=dark` say with what. */
const facts = new URLSearchParams(location.search);
const appearance = facts.get('appearance');
const main = createFakeMain({
  keys: Number(facts.get('keys') ?? '12'),
  appearance: appearance === 'light' || appearance === 'dark' ? appearance : 'system',
});
Object.defineProperty(window, 'keyturn', { value: main });
