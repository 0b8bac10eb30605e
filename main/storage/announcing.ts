import { isDeepStrictEqual } from 'node:util';
import type { ActivityEntry } from '../../shared/domain/activity.ts';
import type { ConnectionId, KeyId } from '../../shared/domain/ids.ts';
import type { Activity } from './activity.ts';
import type { RecordSet, Records } from './records.ts';

/** Who is told about changes once they are on disk. */
export interface RecordListeners {
  /** `isCounted`: there is one more of them now, or one less. */
  readonly keyChanged: (id: KeyId, isCounted: boolean) => void;
  /** Many keys at once. */
  readonly keysChanged: (ids: readonly KeyId[], isCounted: boolean) => void;
  /** `isOfOtherPeriod`: its keys may be due on other days now. */
  readonly connectionChanged: (id: ConnectionId, isOfOtherPeriod: boolean) => void;
  readonly definitionChanged: (id: string) => void;
}

/** The same records, telling of every change that succeeded. */
export function announcingRecords(records: Records, listeners: RecordListeners): Records {
  return {
    keys: announcing(
      records.keys,
      (id, before, after) => listeners.keyChanged(id, before === undefined || after === undefined),
      listeners.keysChanged,
    ),
    connections: announcing(
      records.connections,
      (id, before, after) =>
        listeners.connectionChanged(id, !isDeepStrictEqual(before?.policy, after?.policy)),
      (ids) => {
        for (const id of ids) listeners.connectionChanged(id, true);
      },
    ),
    definitions: announcing(records.definitions, listeners.definitionChanged, (ids) => {
      for (const id of ids) listeners.definitionChanged(id);
    }),
    setAside: records.setAside,
  };
}

/** The same activity, telling of every entry that was added. */
export function announcingActivity(activity: Activity, added: (entry: ActivityEntry) => void): Activity {
  return {
    add: async (entry) => {
      const result = await activity.add(entry);
      if (result.ok) added(entry);
      return result;
    },
    page: (before, limit) => activity.page(before, limit),
    ofKey: (id, limit) => activity.ofKey(id, limit),
  };
}

function announcing<Id extends string, R extends { readonly id: Id }>(
  set: RecordSet<Id, R>,
  changed: (id: Id, before: R | undefined, after: R | undefined) => void,
  allChanged: (ids: readonly Id[], isCounted: boolean) => void,
): RecordSet<Id, R> {
  return {
    all: () => set.all(),
    get: (id) => set.get(id),
    put: async (record) => {
      const before = set.get(record.id);
      const result = await set.put(record);
      if (result.ok) changed(record.id, before, record);
      return result;
    },
    remove: async (id) => {
      const before = set.get(id);
      const result = await set.remove(id);
      if (result.ok) changed(id, before, undefined);
      return result;
    },
    putAll: async (records) => {
      const isCounted = records.some(({ id }) => set.get(id) === undefined);
      const result = await set.putAll(records);
      // Of many, some may be on disk also where not all are.
      if (records.length > 0)
        allChanged(
          records.map(({ id }) => id),
          isCounted,
        );
      return result;
    },
    removeAll: async (ids) => {
      const result = await set.removeAll(ids);
      if (ids.length > 0) allChanged(ids, true);
      return result;
    },
  };
}
