import { Spinner } from '../../components/spinner.tsx';
import styles from './welcome.module.css';

/** Stands there while the vault is being opened. By itself, because every start shows it and few show more of the gate. */
export function Opening() {
  return (
    <main className={styles.screen}>
      <div className={styles.opening} role="status">
        <Spinner />
        <h1 className={styles.quiet}>Opening the vault</h1>
      </div>
    </main>
  );
}
