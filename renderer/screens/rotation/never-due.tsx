import { count } from '../../text/dates.ts';
import { hrefOf } from '../frame/router.ts';
import { lookForKeys } from '../keys/use-keys.ts';
import styles from './rotation.module.css';

/** How many keys have no day, with the way to them. */
export function NeverDue({ keys }: { readonly keys: number }) {
  if (keys === 0) return null;
  return (
    <p className={styles.tail}>
      <a
        className={styles.tailLink}
        href={hrefOf({ place: 'keys', keyId: null })}
        onClick={() => lookForKeys({ due: 'never' })}
      >
        {`${count(keys, 'key')} ${keys === 1 ? 'is' : 'are'} never due.`}
      </a>
    </p>
  );
}
