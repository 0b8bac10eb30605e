import { memo, useState } from 'react';
import type { KeyId } from '../../../shared/domain/ids.ts';
import type { KeyRow } from '../../../shared/ipc/keys.contract.ts';
import type { WorkView } from '../../../shared/ipc/work.contract.ts';
import { openDialog } from '../../app-state.ts';
import { laterDetail } from '../frame/later.tsx';
import { navigate } from '../frame/router.ts';
import { useKey } from '../key/use-key.ts';
import { useKeyActions } from '../key/use-key-actions.ts';
import { BackupReminder } from './backup-reminder.tsx';
import { KeysScreen } from './keys-screen.tsx';
import type { NextStep } from './next-action.ts';
import { useBackupReminder } from './use-backup-reminder.ts';
import { useKeys, useSandbox } from './use-keys.ts';

const KeyScreen = laterDetail(async () => (await import('../key/key-screen.tsx')).KeyScreen);

/** The keys with the one that is open beside them: joins the list, the detail and the address. */
export function KeysPlace({ keyId }: { readonly keyId: KeyId | null }) {
  const keys = useKeys();
  const sandbox = useSandbox();
  const reminder = useBackupReminder();
  // Whoever opens a key by keyboard wants to act on it; whoever moves along the list stays in the list.
  const [takesFocus, setTakesFocus] = useState(false);

  return (
    <KeysScreen
      keys={keys}
      sandbox={sandbox}
      selectedId={keyId}
      detail={keyId === null ? null : <OpenKey key={keyId} keyId={keyId} takesFocus={takesFocus} />}
      onOpen={(row, by) => {
        setTakesFocus(by === 'key');
        navigate({ place: 'keys', keyId: row.id }, by === 'move' ? 'replace' : 'push');
      }}
      onStep={(row, step) => {
        const work = keys.state === 'ready' ? keys.stopped.get(row.id) : undefined;
        if (step.to === 'show-work' && work !== undefined) showWork(work);
        else onStep(row, step);
      }}
      reminder={reminder === null ? null : <BackupReminder {...reminder} />}
      onShowWork={showWork}
      onShowAllWork={() => navigate({ place: 'rotation' })}
      onGenerate={() => openDialog({ kind: 'generate' })}
      onTakeIn={() => openDialog({ kind: 'take-in' })}
      onFindKeys={() => navigate({ place: 'find-keys' })}
      onCheckForLeaks={() => navigate({ place: 'check-for-leaks' })}
      onAddProvider={() => openDialog({ kind: 'add-provider' })}
    />
  );
}

const showWork = ({ id: workId }: WorkView): void => openDialog({ kind: 'work', workId });

function onStep({ id: keyId }: KeyRow, { to }: NextStep): void {
  if (to === 'open-work' || to === 'show-work') navigate({ place: 'rotation' });
  else if (to === 'check') navigate({ place: 'keys', keyId });
  else openDialog({ kind: to, keyId });
}

interface OpenKeyProps {
  readonly keyId: KeyId;
  readonly takesFocus: boolean;
}

const OpenKey = memo(function OpenKey({ keyId, takesFocus }: OpenKeyProps) {
  const view = useKey(keyId);
  useKeyActions(view);
  return (
    <KeyScreen
      view={view}
      takesFocus={takesFocus}
      onClose={() => navigate({ place: 'keys', keyId: null })}
      onOpenKey={(id) => navigate({ place: 'keys', keyId: id })}
      onDialog={(kind) => openDialog({ kind, keyId })}
      onOpenWork={() => navigate({ place: 'rotation' })}
    />
  );
});
