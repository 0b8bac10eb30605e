import type { Settings } from '../../../shared/domain/settings.ts';
import type { AppStatus } from '../../../shared/ipc/app.contract.ts';
import { RelativeTime } from '../../components/relative-time.tsx';
import { Section } from '../../components/section.tsx';
import { SegmentedControl } from '../../components/segmented-control.tsx';
import { Select } from '../../components/select.tsx';
import styles from './settings.module.css';

interface PreferenceProps {
  readonly settings: Settings;
  readonly onChange: (settings: Partial<Settings>) => void;
}

/** Light, dark, or as the system has it. */
export function AppearanceSection({ settings, onChange }: PreferenceProps) {
  return (
    <Section title="Appearance">
      <SegmentedControl
        label="Appearance"
        isLabelHidden
        options={[
          { value: 'system', label: 'System' },
          { value: 'light', label: 'Light' },
          { value: 'dark', label: 'Dark' },
        ]}
        value={settings.appearance}
        onChange={(appearance) => onChange({ appearance })}
      />
    </Section>
  );
}

const clipboardChoices = [15, 30, 45, 90, 180] as const;

/** How long a copied key stays on the clipboard, and whether the last one was cleared. */
export function ClipboardSection({
  settings,
  clipboard,
  onChange,
}: PreferenceProps & { readonly clipboard: AppStatus['clipboard'] }) {
  const { clipboardSeconds } = settings;
  return (
    <Section title="Clipboard">
      <div className={styles.field}>
        <Select
          label="Clear a copied key after"
          options={withOwn(clipboardChoices, clipboardSeconds).map((seconds) => ({
            value: String(seconds),
            label: `${seconds} seconds`,
          }))}
          value={String(clipboardSeconds)}
          onChange={(value) => onChange({ clipboardSeconds: Number(value) })}
          help="Also when the vault locks or Keyturn quits. Anything else on the clipboard is left alone."
        />
      </div>
      <ClipboardState clipboard={clipboard} />
    </Section>
  );
}

function ClipboardState({ clipboard }: { readonly clipboard: AppStatus['clipboard'] }) {
  switch (clipboard.state) {
    case 'idle':
      return null;
    case 'held':
      return (
        <p className={styles.quiet}>
          A key is on the clipboard
          {clipboard.clearsAt !== null && (
            <>
              {' '}
              and is cleared <RelativeTime at={clipboard.clearsAt} />
            </>
          )}
          .
        </p>
      );
    case 'cleared':
      return <p className={styles.quiet}>The last copied key was cleared.</p>;
    case 'kept':
      return <p className={styles.warning}>The last copied key could not be cleared. Copy something else.</p>;
  }
}

/** The choices with the value that is set among them, in order. */
const withOwn = (choices: readonly number[], own: number): readonly number[] =>
  choices.includes(own) ? choices : [...choices, own].toSorted((a, b) => a - b);
