import { useEffect, useMemo, useState } from 'react';
import type { KeyId } from '../../../shared/domain/ids.ts';
import type { ConnectionView } from '../../../shared/ipc/connections.contract.ts';
import type { KeyRow } from '../../../shared/ipc/keys.contract.ts';
import { api } from '../../api/client.ts';
import { becauseOf, type PeriodSettings } from './usual.ts';

/** As many as are shown in a list. */
const some = 50;
const none: ReadonlyMap<KeyId, string> = new Map();

/**
 * Why keys are never rotated, in the words of whoever said so. A row does not tell a key's own reason, so it is asked for
 * once, of some keys or, where all are needed, of every one. Where it is not known, the key is missing.
 */
export function useReasons(
  rows: readonly KeyRow[],
  connections: readonly ConnectionView[],
  settings: PeriodSettings,
  isEveryAsked: boolean,
): ReadonlyMap<KeyId, string> {
  const [own, setOwn] = useState(none);
  const never = rows.filter(({ everyDays }) => everyDays === null);
  const asked = never.filter(({ periodFrom }) => periodFrom === 'key');
  const unknown = asked.slice(0, isEveryAsked ? asked.length : some).filter(({ id }) => !own.has(id));
  const ids = unknown.map(({ id }) => id).join();

  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again where other keys are missing
  useEffect(() => {
    let isLeft = false;
    void Promise.all(unknown.map(({ id }) => ownReason(id))).then((found) => {
      if (!isLeft && found.length > 0)
        setOwn((known) => new Map([...known, ...found.filter((each) => each !== null)]));
    });
    return () => {
      isLeft = true;
    };
  }, [ids]);

  return useMemo(() => {
    const byId = new Map(connections.map((each) => [each.id, each]));
    return new Map(
      rows.flatMap((row): [KeyId, string][] => {
        const { id, connectionId, everyDays, periodFrom, providerId } = row;
        if (everyDays !== null) return [];
        const reason =
          periodFrom === 'key'
            ? own.get(id)
            : becauseOf({ periodFrom, providerId, policy: {} }, byId.get(connectionId) ?? null, settings);
        return reason === undefined ? [] : [[id, reason]];
      }),
    );
  }, [rows, connections, settings, own]);
}

async function ownReason(id: KeyId): Promise<readonly [KeyId, string] | null> {
  const answer = await api.call('keys.get', { id });
  return answer.ok ? [id, answer.value.policy.because ?? ''] : null;
}
