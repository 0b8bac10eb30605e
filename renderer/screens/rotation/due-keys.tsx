import type { KeyId } from '../../../shared/domain/ids.ts';
import { openDialog } from '../../app-state.ts';
import { navigate } from '../frame/router.ts';
import { snooze } from '../reminders/snooze.ts';
import { DueList } from './due-list.tsx';
import type { NextOfKey } from './next-of-key.ts';
import type { DueKey } from './timeline.ts';
import type { Rotation } from './use-rotation.ts';

export interface DueKeysProps
  extends Pick<Extract<Rotation, { state: 'ready' }>, 'agenda' | 'stopped' | 'connectionNames' | 'now'> {
  readonly chosen: KeyId | null;
  readonly onChoose: (keyId: KeyId) => void;
}

/** The list of what is due, with what its buttons lead to. */
export function DueKeys({ agenda, stopped, connectionNames, now, chosen, onChoose }: DueKeysProps) {
  const openKey = (keyId: KeyId) => navigate({ place: 'keys', keyId });
  const onNext = ({ key }: DueKey, { to }: NextOfKey) => {
    const work = stopped.get(key.id);
    const isWork = to === 'show-work' || to === 'open-work';
    if (isWork && work !== undefined) openDialog({ kind: 'work', workId: work.id });
    else if (isWork || to === 'check') openKey(key.id);
    else openDialog({ kind: to, keyId: key.id });
  };
  return (
    <DueList
      agenda={agenda}
      stopped={stopped}
      connectionNames={connectionNames}
      now={now}
      chosen={chosen}
      onChoose={onChoose}
      onOpenKey={openKey}
      onNext={onNext}
      onSnooze={(keyId) => openDialog({ kind: 'snooze', keyIds: [keyId] })}
      onEndSnooze={(keyId) => void snooze([keyId], null, now)}
    />
  );
}
