import { useEffect, useRef } from 'react';
import type { AskedPlace } from '../../../shared/ipc/app.contract.ts';
import { api } from '../../api/client.ts';
import { isDialogOpen, notify, openDialog } from '../../app-state.ts';
import { navigate } from './router.ts';

/**
 * Shows what the user asked for by answering a notice of the desktop: at once, or as soon as the vault is open, also where
 * the answer is what opened this page. A dialog that is open is never taken away.
 */
export function useAskedPlace(isVaultOpen: boolean): void {
  const waiting = useRef<AskedPlace | null>(null);
  const isOpen = useRef(isVaultOpen);
  isOpen.current = isVaultOpen;
  useEffect(() => {
    // What was taken is shown whatever has become of this effect: main tells it once.
    const take = async () => {
      const answer = await api.call('app.takeAsked', {});
      if (!answer.ok || answer.value.asked === null) return;
      if (isOpen.current) show(answer.value.asked);
      else waiting.current = answer.value.asked;
    };
    void take();
    return api.on('app.asked', () => void take());
  }, []);
  useEffect(() => {
    if (!isVaultOpen || waiting.current === null) return;
    show(waiting.current);
    waiting.current = null;
  }, [isVaultOpen]);
}

function show(asked: AskedPlace): void {
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
