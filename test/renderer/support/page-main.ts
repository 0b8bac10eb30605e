import type { Bridge } from '../../../shared/ipc/wire.ts';
import type { FakeMain } from './fake-bridge.ts';

let current: FakeMain | null = null;

const main = (): FakeMain => {
  if (current === null) throw new Error('Say first which main the page talks to');
  return current;
};

const bridge: Bridge = {
  call: (method, input) => main().call(method, input),
  on: (listener) => main().on(listener),
};

/** Lets the page under test talk to this main from now on. The page connects once, so the bridge stays the same. */
export function pageTalksTo(next: FakeMain): FakeMain {
  current = next;
  if (window.keyturn === undefined) Object.defineProperty(window, 'keyturn', { value: bridge });
  return next;
}
