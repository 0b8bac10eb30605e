import { FileWarning } from 'lucide-react';
import { Button } from '../../components/button.tsx';
import { count } from '../../text/dates.ts';
import styles from './keys-screen.module.css';

export interface AstrayReminderProps {
  /** How many keys have a file that does not hold them. */
  readonly keys: number;
  /** Whether these are what the list shows. */
  readonly isShown: boolean;
  readonly onShow: () => void;
}

/** Says quietly that files do not hold what they should. It goes when they do again. */
export function AstrayReminder({ keys, isShown, onShow }: AstrayReminderProps) {
  if (keys === 0 || isShown) return null;
  return (
    <section aria-label="Files out of step" className={styles.reminder}>
      <FileWarning aria-hidden className={styles.picture} />
      <p
        className={styles.words}
      >{`${count(keys, 'key')} ${keys === 1 ? 'has' : 'have'} files out of step.`}</p>
      <Button size="small" onPress={onShow}>
        Show files out of step
      </Button>
    </section>
  );
}
