import { cx } from './cx.ts';
import styles from './row-action.module.css';

export interface RowActionProps {
  readonly label: string;
  /** What the row is about, for whoever hears the label alone: told after it, unless `name` says it all. */
  readonly of: string;
  /** The accessible name, where the label alone would be the same in every row. */
  readonly name?: string;
  readonly isDanger?: boolean;
  readonly isQuiet?: boolean;
  readonly onPress: () => void;
}

/** A button in a row of a `VirtualList`, which leads to it by Arrow Right. It does not open the row. */
export function RowAction({ label, of, name, isDanger = false, isQuiet = false, onPress }: RowActionProps) {
  return (
    <button
      type="button"
      // The list is the tab stop.
      tabIndex={-1}
      aria-label={name}
      aria-description={name === undefined ? of : undefined}
      className={cx(styles.action, isDanger && styles.danger, isQuiet && styles.quiet)}
      onClick={(event) => {
        event.stopPropagation();
        onPress();
      }}
    >
      {label}
    </button>
  );
}
