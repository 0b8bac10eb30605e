import type { ActivityEntry } from '../../shared/domain/activity.ts';
import type { KeyId } from '../../shared/domain/ids.ts';
import type { Activity } from './activity.ts';
import type { RecordSet, Records } from './records.ts';

/** Who is told about changes once they are on disk. */
export interface RecordListeners {
  /** `isCounted`: there is one more of them now, or one less. */
  readonly keyChanged: (id: KeyId, isCounted: boolean) => void;
  /** Many keys at once, of which some are new or gone. */
  readonly keysChanged: (ids: readonly KeyId[]) => void;
  readonly connectionChanged: () => void;
  readonly definitionChanged: (id: string) => void;
}

/** The same records, telling of every change that succeeded. */
export function announcingRecords(records: Records, listeners: RecordListeners): Records {
  return {
    keys: announcing(records.keys, listeners.keyChanged, listeners.keysChanged),
    connections: announcing(records.connections, listeners.connectionChanged, listeners.connectionChanged),
    definitions: announcing(records.definitions, listeners.definitionChanged, (ids) =>
      ids.forEach(listeners.definitionChanged),
    ),
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
  changed: (id: Id, isCounted: boolean) => void,
  allChanged: (ids: readonly Id[]) => void,
): RecordSet<Id, R> {
  return {
    all: () => set.all(),
    get: (id) => set.get(id),
    put: async (record) => {
      const isNew = set.get(record.id) === undefined;
      const result = await set.put(record);
      if (result.ok) changed(record.id, isNew);
      return result;
    },
    remove: async (id) => {
      const result = await set.remove(id);
      if (result.ok) changed(id, true);
      return result;
    },
    putAll: async (records) => {
      const result = await set.putAll(records);
      // Of many, some may be on disk also where not all are.
      if (records.length > 0) allChanged(records.map(({ id }) => id));
      return result;
    },
    removeAll: async (ids) => {
      const result = await set.removeAll(ids);
      if (ids.length > 0) allChanged(ids);
      return result;
    },
  };
}
