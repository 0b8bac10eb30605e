import { X } from 'lucide-react';
import { Button } from './button.tsx';
import { cx } from './cx.ts';
import { IconButton } from './icon-button.tsx';
import styles from './notice-region.module.css';

export interface Notice {
  readonly id: number;
  readonly tone: 'info' | 'attention' | 'danger' | 'done';
  readonly text: string;
  /** What can be done about it, once; the notice goes then. */
  readonly action?: NoticeAction | undefined;
}

export interface NoticeAction {
  readonly label: string;
  readonly onPress: () => void;
}

export interface NoticeRegionProps {
  readonly notices: readonly Notice[];
  readonly onDismiss: (id: number) => void;
}

/** What just happened, said once at the lower edge. Read out by screen readers without taking the focus. */
export function NoticeRegion({ notices, onDismiss }: NoticeRegionProps) {
  return (
    <section aria-label="Notices" aria-live="polite" className={styles.region}>
      {notices.map((notice) => (
        <div key={notice.id} className={cx(styles.notice, styles[notice.tone])}>
          <p className={styles.text}>{notice.text}</p>
          {notice.action !== undefined && (
            <Button
              size="small"
              onPress={() => {
                onDismiss(notice.id);
                notice.action?.onPress();
              }}
            >
              {notice.action.label}
            </Button>
          )}
          <IconButton size="small" label="Dismiss" icon={X} onPress={() => onDismiss(notice.id)} />
        </div>
      ))}
    </section>
  );
}
