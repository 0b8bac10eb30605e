import { useEffect, useRef } from 'react';
import type { VaultStatus } from '../shared/domain/vault.ts';
import { assertNever } from '../shared/result.ts';
import styles from './app.module.css';
import {
  closeAll,
  dismissNotice,
  dropErrors,
  openDialog,
  setPaletteOpen,
  useNotices,
  usePaletteOpen,
} from './app-state.ts';
import { FailureCallout } from './components/failure-callout.tsx';
import { NoticeRegion } from './components/notice-region.tsx';
import { Spinner } from './components/spinner.tsx';
import { AppDialogs } from './screens/frame/app-dialogs.tsx';
import { ConnectionBanner } from './screens/frame/connection-banner.tsx';
import { Frame } from './screens/frame/frame.tsx';
import { laterScreen, loadLaterParts } from './screens/frame/later.tsx';
import type { Live } from './screens/frame/live.ts';
import { hrefOf, navigate, placeOf, type Route, useRoute } from './screens/frame/router.ts';
import { Sidebar } from './screens/frame/sidebar.tsx';
import { StatusLine } from './screens/frame/status-line.tsx';
import { useAppearance } from './screens/frame/use-appearance.ts';
import { useAskedPlace } from './screens/frame/use-asked-place.ts';
import { takeConnection, useConnection } from './screens/frame/use-connection.ts';
import { useFrame } from './screens/frame/use-frame.ts';
import { useFrameActions } from './screens/frame/use-frame-actions.ts';
import { useVaultStatus } from './screens/frame/use-status.ts';
import { useTitle } from './screens/frame/use-title.ts';
import { KeysPlace } from './screens/keys/keys-place.tsx';
import { useAllActions } from './screens/palette/actions.ts';
import { Palette } from './screens/palette/palette.tsx';
import { RemindersButton } from './screens/reminders/reminders-button.tsx';
import { Opening } from './screens/welcome/opening.tsx';

const ActivityScreen = laterScreen(
  'Activity',
  async () => (await import('./screens/activity/activity-screen.tsx')).ActivityScreen,
);
const FindsScreen = laterScreen(
  'Find keys in a folder',
  async () => (await import('./screens/finds/finds-screen.tsx')).FindsScreen,
);
const LeaksScreen = laterScreen(
  'Check for leaks',
  async () => (await import('./screens/leaks/leaks-screen.tsx')).LeaksScreen,
);
const ProvidersScreen = laterScreen(
  'Providers',
  async () => (await import('./screens/providers/providers-screen.tsx')).ProvidersScreen,
);
const RisksScreen = laterScreen(
  'Worth a look',
  async () => (await import('./screens/risks/risks-screen.tsx')).RisksScreen,
);
const RotationScreen = laterScreen(
  'Rotation',
  async () => (await import('./screens/rotation/rotation-screen.tsx')).RotationScreen,
);
const SettingsScreen = laterScreen(
  'Settings',
  async () => (await import('./screens/settings/settings-screen.tsx')).SettingsScreen,
);
const Welcome = laterScreen('Keyturn', async () => (await import('./screens/welcome/welcome.tsx')).Welcome);

/** The whole page: the gate to the vault, and behind it the frame with its screens. */
export function App() {
  useAppearance();
  const vault = useVaultStatus();
  const notices = useNotices();
  return (
    <>
      <Gate vault={vault} />
      <NoticeRegion notices={notices} onDismiss={dismissNotice} />
    </>
  );
}

/** Until the vault is open there is nothing behind the gate; when it closes, all that was shown is forgotten. */
function Gate({ vault }: { readonly vault: Live<VaultStatus> }) {
  const connection = useConnection();
  const isOpen = vault.state === 'ready' && vault.value.vault.state === 'open';
  useAskedPlace(isOpen);
  useEffect(() => {
    return isOpen ? closeAll : undefined;
  }, [isOpen]);
  if (isOpen) return <Open status={vault.value} />;
  const isSaidByBanner = vault.state === 'failed' && vault.error.code === 'connection-lost';
  return (
    <div className={styles.gate}>
      <ConnectionBanner connection={connection} onTake={takeConnection} />
      <div className={styles.welcome}>{isSaidByBanner ? null : <AtGate vault={vault} />}</div>
    </div>
  );
}

function AtGate({ vault }: { readonly vault: Live<VaultStatus> }) {
  switch (vault.state) {
    case 'loading':
      return <Spinner label="Opening" />;
    case 'failed':
      return <FailureCallout failure={vault.error} />;
    case 'ready':
      return vault.value.vault.state === 'opening' ? <Opening /> : <Welcome status={vault.value} />;
    default:
      return assertNever(vault);
  }
}

/** By then the list is painted and main has answered what was asked of it; a press before that fetches what it needs. */
const settleMs = 400;

function Open({ status }: { readonly status: VaultStatus }) {
  const route = useRoute();
  const connection = useConnection();
  const frame = useFrame();
  const actions = useAllActions();
  const isPaletteOpen = usePaletteOpen();
  useFrameActions();
  useTitle();
  useDroppedErrors(route);
  const { hasListed } = frame;
  useEffect(() => {
    if (!hasListed) return;
    const timer = setTimeout(() => void loadLaterParts(), settleMs);
    return () => clearTimeout(timer);
  }, [hasListed]);
  return (
    <>
      <Frame
        sidebar={
          <Sidebar
            place={placeOf(route)}
            counts={frame.counts}
            onSearch={() => setPaletteOpen(true)}
            reminders={<RemindersButton />}
          >
            <StatusLine vault={status} clipboard={frame.clipboard} work={frame.work} />
          </Sidebar>
        }
        banner={<ConnectionBanner connection={connection} onTake={takeConnection} />}
      >
        <Screen route={route} />
      </Frame>
      <Palette
        isOpen={isPaletteOpen}
        onClose={() => setPaletteOpen(false)}
        actions={actions}
        entries={frame.entries}
        onOpenKey={(row) => navigate({ place: 'keys', keyId: row.id })}
        onVerb={(kind, row) => openDialog({ kind, keyId: row.id })}
      />
      <AppDialogs />
    </>
  );
}

/** An error that was told belongs to the place where it happened. */
function useDroppedErrors(route: Route): void {
  const at = hrefOf(route);
  const last = useRef(at);
  useEffect(() => {
    if (last.current !== at) dropErrors();
    last.current = at;
  }, [at]);
}

const toKeys = (): void => navigate({ place: 'keys', keyId: null });

function Screen({ route }: { readonly route: Route }) {
  switch (route.place) {
    case 'keys':
      return <KeysPlace keyId={route.keyId} />;
    case 'rotation':
      return <RotationScreen />;
    case 'providers':
      return <ProvidersScreen />;
    case 'activity':
      return <ActivityScreen />;
    case 'settings':
      return <SettingsScreen />;
    case 'find-keys':
      return (
        <FindsScreen
          onLeave={toKeys}
          onOpenKey={(keyId) => navigate({ place: 'keys', keyId })}
          onTakeIn={() => openDialog({ kind: 'take-in' })}
          onAddProvider={(providerId) =>
            openDialog({
              kind: 'add-provider',
              ...(providerId === undefined ? {} : { start: { providerId } }),
            })
          }
          onDescribeProvider={() => openDialog({ kind: 'add-provider', start: 'file' })}
          onWriteHere={(keyId, place) => openDialog({ kind: 'write', keyId, place })}
        />
      );
    case 'check-for-leaks':
      return <LeaksScreen onLeave={toKeys} onReplace={(keyId) => openDialog({ kind: 'leaked', keyId })} />;
    case 'worth-a-look':
      return <RisksScreen onLeave={() => navigate({ place: 'rotation' })} />;
    default:
      return assertNever(route);
  }
}
