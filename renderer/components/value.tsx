import { cx } from './cx.ts';
import styles from './value.module.css';

/** A secret as the page knows it: that it is there, and its last four characters. */
export function Value({ lastFour }: { readonly lastFour: string }) {
  if (lastFour === '') return <span className={cx('mono', styles.value, styles.dots)}>••••</span>;
  return (
    <span className={cx('mono', styles.value)}>
      <span aria-hidden className={cx(styles.dots, styles.lead)}>
        ••••
      </span>
      <span className="hidden-words">ends in </span>
      {lastFour}
    </span>
  );
}
