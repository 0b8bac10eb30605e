// biome-ignore-all lint/a11y/useSemanticElements: a table's own elements cannot be laid out by a virtual list
// biome-ignore-all lint/a11y/useFocusableInteractive: the list holds the focus and tells which rows are chosen
import { Check } from 'lucide-react';
import styles from './choose-cell.module.css';

/** Where a click chooses a row instead of opening it. Shown where the pointer is, and while rows are chosen. */
export function ChooseCell({ name }: { readonly name: string }) {
  return (
    <span role="gridcell" data-chooses title={`Choose ${name}`} className={styles.cell}>
      <span aria-hidden className={styles.box}>
        <Check className={styles.check} />
      </span>
    </span>
  );
}
