import {
  Activity,
  Archive,
  ArchiveRestore,
  CalendarClock,
  ClipboardPaste,
  FolderSearch,
  KeyRound,
  Lock,
  Plug,
  Plus,
  RotateCw,
  ScanEye,
  ScanSearch,
  Settings,
  Siren,
} from 'lucide-react';
import { useEffect } from 'react';
import { openDialog, setPaletteOpen } from '../../app-state.ts';
import { type PaletteAction, useActions } from '../palette/actions.ts';
import { navigate } from './router.ts';
import { lockVault } from './use-frame.ts';

const actions: readonly PaletteAction[] = [
  {
    id: 'generate',
    label: 'Generate key',
    keywords: 'new create issue add',
    icon: Plus,
    run: () => openDialog({ kind: 'generate' }),
  },
  {
    id: 'take-in',
    label: 'Take in a key',
    keywords: 'paste import existing adopt add',
    icon: ClipboardPaste,
    run: () => openDialog({ kind: 'take-in' }),
  },
  {
    id: 'find-keys',
    label: 'Find keys in a folder',
    keywords: 'import existing adopt take in env files search scan',
    icon: FolderSearch,
    run: () => navigate({ place: 'find-keys' }),
  },
  {
    id: 'add-provider',
    label: 'Add provider',
    keywords: 'connect connection account new',
    icon: Plug,
    run: () => openDialog({ kind: 'add-provider' }),
  },
  {
    id: 'rotate-all',
    label: 'Rotate all due',
    keywords: 'overdue replace many batch',
    icon: RotateCw,
    run: () => openDialog({ kind: 'rotate-all' }),
  },
  {
    id: 'find-leaked',
    label: 'Leaked: replace now',
    keywords: 'paste find stolen exposed emergency',
    icon: Siren,
    run: () => openDialog({ kind: 'find-leaked' }),
  },
  {
    id: 'check-for-leaks',
    label: 'Check for leaks',
    keywords: 'git history scan search exposed pre-commit hook',
    icon: ScanSearch,
    run: () => navigate({ place: 'check-for-leaks' }),
  },
  {
    id: 'policy',
    label: 'Change how often keys are rotated',
    keywords: 'period policy bulk days never',
    icon: CalendarClock,
    run: () => openDialog({ kind: 'policy', keyIds: null }),
  },
  {
    id: 'worth-a-look',
    label: 'Worth a look',
    keywords: 'unused risky overdue expiry shared keys review audit',
    icon: ScanEye,
    run: () => navigate({ place: 'worth-a-look' }),
  },
  {
    id: 'make-backup',
    label: 'Make a backup',
    keywords: 'export save age',
    icon: Archive,
    run: () => openDialog({ kind: 'make-backup' }),
  },
  {
    id: 'restore',
    label: 'Restore from a backup',
    keywords: 'import recover age',
    icon: ArchiveRestore,
    run: () => openDialog({ kind: 'restore' }),
  },
  { id: 'keys', label: 'Go to Keys', icon: KeyRound, run: () => navigate({ place: 'keys', keyId: null }) },
  {
    id: 'rotation',
    label: 'Go to Rotation',
    keywords: 'due overdue work',
    icon: RotateCw,
    run: () => navigate({ place: 'rotation' }),
  },
  {
    id: 'providers',
    label: 'Go to Providers',
    keywords: 'connections strays',
    icon: Plug,
    run: () => navigate({ place: 'providers' }),
  },
  {
    id: 'activity',
    label: 'Go to Activity',
    keywords: 'record history log export',
    icon: Activity,
    run: () => navigate({ place: 'activity' }),
  },
  {
    id: 'settings',
    label: 'Go to Settings',
    keywords: 'clipboard appearance dark light backup keychain',
    icon: Settings,
    run: () => navigate({ place: 'settings' }),
  },
  { id: 'lock', label: 'Lock the vault', keywords: 'close', icon: Lock, run: lockVault },
];

/** The actions that are there wherever one is, and the shortcut that opens the palette. */
export function useFrameActions(): void {
  useActions('frame', actions);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (
        event.key.toLowerCase() !== 'k' ||
        !(event.ctrlKey || event.metaKey) ||
        event.altKey ||
        event.shiftKey
      )
        return;
      event.preventDefault();
      setPaletteOpen(true);
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}
