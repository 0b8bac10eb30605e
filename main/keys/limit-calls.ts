import { ok } from '../../shared/result.ts';
import type { Provider } from '../providers/provider.ts';
import type { KeyPorts } from './key-ports.ts';
import type { WithinLimits } from './limits.ts';

/** The same ports, by which no more calls are under way at any connection's provider than the limits allow. */
export function limitCalls(ports: KeyPorts, withinLimits: WithinLimits): KeyPorts {
  return {
    ...ports,
    async openProvider(id) {
      const opened = await ports.openProvider(id);
      return opened.ok ? ok(limited(opened.value, (call) => withinLimits(id, call))) : opened;
    },
  };
}

/** A rotation makes these calls and no others. */
function limited(provider: Provider, inTurn: <T>(call: () => Promise<T>) => Promise<T>): Provider {
  return {
    ...provider,
    create: (...given) => inTurn(() => provider.create(...given)),
    rotate: (...given) => inTurn(() => provider.rotate(...given)),
    list: (...given) => inTurn(() => provider.list(...given)),
    revoke: (...given) => inTurn(() => provider.revoke(...given)),
    check: (...given) => inTurn(() => provider.check(...given)),
  };
}
