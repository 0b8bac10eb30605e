import { useEffect, useRef } from 'react';
import type { appContract } from '../../../shared/ipc/app.contract.ts';
import type { StateOf } from '../../../shared/ipc/define.ts';
import { api } from '../../api/client.ts';
import { isDialogOpen, notify, openDialog } from '../../app-state.ts';
import { navigate } from './router.ts';

type Asked = StateOf<(typeof appContract)['app.open']>;

/**
 * Shows what the user asked for by answering a notice of the desktop: at once, or as soon as the vault is open. A dialog
 * that is open is never taken away.
 */
export function useAskedPlace(isVaultOpen: boolean): void {
  const waiting = useRef<Asked | null>(null);
  const isOpen = useRef(isVaultOpen);
  isOpen.current = isVaultOpen;
  useEffect(
    () =>
      api.on('app.open', (asked) => {
        if (isOpen.current) show(asked);
        else waiting.current = asked;
      }),
    [],
  );
  useEffect(() => {
    if (!isVaultOpen || waiting.current === null) return;
    show(waiting.current);
    waiting.current = null;
  }, [isVaultOpen]);
}

function show(asked: Asked): void {
  if (isDialogOpen()) {
    notify(
      'info',
      'Finish or close this first. What is due stands under the bell and on the Rotation screen.',
    );
    return;
  }
  navigate({ place: 'rotation' });
  if (asked.what === 'rotate') openDialog({ kind: 'rotate', keyId: asked.keyId });
}
