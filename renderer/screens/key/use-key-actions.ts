import { BadgeCheck, Ban, FilePlus2, KeyRound, RotateCw, Siren } from 'lucide-react';
import { useMemo } from 'react';
import { openDialog } from '../../app-state.ts';
import { type PaletteAction, useActions } from '../palette/actions.ts';
import type { KeyView } from './use-key.ts';

const nothing: readonly PaletteAction[] = [];

/** Lets the palette do to the open key what its own buttons do. */
export function useKeyActions(view: KeyView): void {
  const detail = view.state === 'ready' ? view.detail : null;
  const check = view.state === 'ready' ? view.actions.check : null;
  // The actions change when the key does, not at every render that hands out a new `check`.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  const actions = useMemo(() => {
    if (detail === null || detail.revokedAt !== null) return nothing;
    const { id: keyId, name: subject } = detail;
    const isActive = detail.status === 'active' || detail.status === 'needs-attention';
    const active: PaletteAction[] = [
      {
        id: 'key-write',
        label: 'Write to .env',
        subject,
        keywords: 'file deliver',
        icon: FilePlus2,
        run: () => openDialog({ kind: 'write', keyId }),
      },
      {
        id: 'key-rotate',
        label: 'Rotate',
        subject,
        keywords: 'replace',
        icon: RotateCw,
        run: () => openDialog({ kind: 'rotate', keyId }),
      },
    ];
    const unsealed: PaletteAction = {
      id: 'key-copy-once',
      label: 'Copy once',
      subject,
      keywords: 'show seal',
      icon: KeyRound,
      run: () => openDialog({ kind: 'copy-once', keyId }),
    };
    return [
      ...(detail.unsealed ? [unsealed] : []),
      ...(isActive ? active : []),
      {
        id: 'key-check',
        label: 'Check key',
        subject,
        keywords: 'test verify valid',
        icon: BadgeCheck,
        run: () => check?.(),
      },
      {
        id: 'key-leaked',
        label: 'Leaked: replace now',
        subject,
        keywords: 'stolen exposed emergency',
        icon: Siren,
        run: () => openDialog({ kind: 'leaked', keyId }),
      },
      {
        id: 'key-revoke',
        label: 'Revoke',
        subject,
        keywords: 'end kill',
        icon: Ban,
        run: () => openDialog({ kind: 'revoke', keyId }),
      },
    ];
  }, [detail]);
  useActions('key', actions);
}
