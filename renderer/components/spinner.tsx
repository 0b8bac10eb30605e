import { cx } from './cx.ts';
import styles from './spinner.module.css';

/** Says by movement that something is going on. Without `label` it is decoration and the words stand beside it. */
export function Spinner({ label }: { readonly label?: string }) {
  if (label === undefined) return <span aria-hidden className={cx(styles.spinner)} />;
  return <span role="img" aria-label={label} className={cx(styles.spinner)} />;
}
