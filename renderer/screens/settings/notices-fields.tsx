import { CircleAlert } from 'lucide-react';
import { useState } from 'react';
import type { Settings } from '../../../shared/domain/settings.ts';
import type { NoticeWay } from '../../../shared/ipc/reminders.contract.ts';
import { api } from '../../api/client.ts';
import { Button } from '../../components/button.tsx';
import { Callout } from '../../components/callout.tsx';
import { FailureCallout } from '../../components/failure-callout.tsx';
import { Switch } from '../../components/switch.tsx';
import type { PageFailure } from '../../text/errors.ts';
import styles from './settings.module.css';
import { useNoticeWay } from './use-notice-way.ts';

export interface NoticesFieldsProps {
  readonly settings: Settings;
  readonly onChange: (settings: Partial<Settings>) => void;
}

type Trying =
  | { readonly step: 'idle' }
  | { readonly step: 'running' }
  | { readonly step: 'tried'; readonly way: NoticeWay }
  | { readonly step: 'failed'; readonly failure: PageFailure };

/** Whether the desktop shows what is due, and a try of it. */
export function NoticesFields({ settings, onChange }: NoticesFieldsProps) {
  const [trying, setTrying] = useState<Trying>({ step: 'idle' });
  const way = useNoticeWay();
  const tryNow = async () => {
    setTrying({ step: 'running' });
    const answer = await api.call('reminders.try', {});
    setTrying(answer.ok ? { step: 'tried', way: answer.value } : { step: 'failed', failure: answer.error });
  };
  return (
    <div className={styles.stack}>
      <div className={styles.field}>
        <Switch
          label="Show notices"
          help="On the desktop, when keys come due. The list under the bell has all of them in any case."
          isSelected={settings.notifications}
          onChange={(notifications) => onChange({ notifications })}
        />
        {way?.way === 'none' && trying.step !== 'tried' && (
          <p className={styles.caution}>
            <CircleAlert aria-hidden className={styles.cautionPicture} />
            <span>{sentence(way.detail)}The list in the app has everything.</span>
          </p>
        )}
      </div>
      <div>
        <Button isPending={trying.step === 'running'} onPress={tryNow}>
          Show a notice now
        </Button>
      </div>
      {trying.step === 'failed' && <FailureCallout failure={trying.failure} />}
      {trying.step === 'tried' && <Way way={trying.way} />}
    </div>
  );
}

function Way({ way: { way, detail } }: { readonly way: NoticeWay }) {
  if (way === 'none')
    return (
      <Callout tone="attention" title="This desktop shows no notices" isNews>
        {sentence(detail)}The list under the bell has every reminder, and a calendar file can remind you too.
      </Callout>
    );
  return (
    <Callout tone="done" title="A notice was handed to the desktop" isNews>
      {sentence(detail)}If you saw none, the desktop may be set not to disturb you, or not to show notices of
      Keyturn.
    </Callout>
  );
}

/** The detail as a sentence of its own, with a space after it; empty where there is none. */
function sentence(detail: string): string {
  const text = detail.trim();
  if (text === '') return '';
  return /[.!?]$/.test(text) ? `${text} ` : `${text}. `;
}
