import { cx } from './cx.ts';
import styles from './row-action.module.css';

export interface RowActionProps {
  readonly label: string;
  /** What the row is about, for whoever hears the label alone. */
  readonly of: string;
  readonly isDanger?: boolean;
  readonly onPress: () => void;
}

/** A button in a row of a `VirtualList`, which leads to it by Arrow Right. It does not open the row. */
export function RowAction({ label, of, isDanger = false, onPress }: RowActionProps) {
  return (
    <button
      type="button"
      // The list is the tab stop.
      tabIndex={-1}
      aria-description={of}
      className={cx(styles.action, isDanger && styles.danger)}
      onClick={(event) => {
        event.stopPropagation();
        onPress();
      }}
    >
      {label}
    </button>
  );
}
