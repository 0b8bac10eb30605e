import { CircleAlert } from 'lucide-react';
import styles from './rotation.module.css';

/** What there is to tell of a file beyond that it was written, a sentence each; nothing where there is nothing. */
export function Remarks({ notes }: { readonly notes: readonly string[] }) {
  return notes.map((note) => (
    <p key={note} className={styles.hurdle}>
      <CircleAlert aria-hidden className={styles.hurdlePicture} />
      {note}
    </p>
  ));
}
