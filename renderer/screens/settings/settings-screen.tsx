import { assertNever } from '../../../shared/result.ts';
import { FailureCallout } from '../../components/failure-callout.tsx';
import { Page } from '../../components/page.tsx';
import { UnreadyPage } from '../../components/unready.tsx';
import { BackupSection } from './backup-section.tsx';
import { CalendarSection } from './calendar-section.tsx';
import { LeaksSection } from './leaks-section.tsx';
import { AppearanceSection, ClipboardSection } from './preferences.tsx';
import { RemindersSection } from './reminders-section.tsx';
import { SetAsideSection } from './set-aside-section.tsx';
import { useSettingsScreen } from './use-settings-screen.ts';
import { AboutSection, VaultSection } from './vault-section.tsx';

/** What can be set, and where everything is kept. Every change counts at once, but the usual period, which has consequences. */
export function SettingsScreen() {
  const state = useSettingsScreen();
  switch (state.state) {
    case 'loading':
    case 'failed':
      return <UnreadyPage title="Settings" of={state} />;
    case 'ready': {
      const { settings, vault, app, acting, change, lock, retry } = state;
      return (
        <Page title="Settings">
          {acting.step === 'idle' && acting.failure !== null && <FailureCallout failure={acting.failure} />}
          <VaultSection vault={vault} acting={acting} onLock={lock} onRetry={retry} />
          <SetAsideSection />
          <RemindersSection settings={settings} onChange={change} />
          <CalendarSection />
          <BackupSection settings={settings} onChange={change} />
          <LeaksSection />
          <AppearanceSection settings={settings} onChange={change} />
          <ClipboardSection settings={settings} clipboard={app.clipboard} onChange={change} />
          <AboutSection app={app} />
        </Page>
      );
    }
    default:
      return assertNever(state);
  }
}
