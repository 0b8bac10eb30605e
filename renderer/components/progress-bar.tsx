import { ProgressBar as AriaProgressBar, Label } from 'react-aria-components';
import { cx } from './cx.ts';
import styles from './progress-bar.module.css';

export interface ProgressBarProps {
  readonly label: string;
  readonly done: number;
  /** 0 where it is not known yet. */
  readonly total: number;
  /** How far it has come, in words: "7 of 12 keys". */
  readonly words: string;
}

/** How far something with many parts has come, as a picture and in words. */
export function ProgressBar({ label, done, total, words }: ProgressBarProps) {
  return (
    <AriaProgressBar
      value={Math.min(done, total)}
      maxValue={Math.max(1, total)}
      isIndeterminate={total === 0}
      valueLabel={words}
      className={cx(styles.progress)}
    >
      {({ percentage }) => (
        <>
          <div className={styles.words}>
            <Label>{label}</Label>
            <span className={styles.value}>{words}</span>
          </div>
          <div className={styles.track}>
            <div className={styles.fill} style={{ inlineSize: `${percentage ?? 0}%` }} />
          </div>
        </>
      )}
    </AriaProgressBar>
  );
}
