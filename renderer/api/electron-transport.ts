import type { Bridge } from '../../shared/ipc/wire.ts';
import type { Transport } from './transport.ts';

/** The way to main in Electron: always open, because page and main end together. */
export function electronTransport(bridge: Bridge): Transport {
  return {
    call: (method, input) => bridge.call(method, input),
    on: (listener) => bridge.on(listener),
    connection: { current: () => 'open', subscribe: () => () => undefined, take: () => undefined },
  };
}
