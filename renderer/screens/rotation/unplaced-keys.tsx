import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Callout } from '../../components/callout.tsx';
import { useNow } from '../../components/use-now.ts';
import { unplacedWords } from '../../text/batch.ts';
import { hrefOf } from '../frame/router.ts';
import styles from './rotation.module.css';
import type { Unplaced } from './unplaced.ts';

export interface UnplacedKeysProps {
  /** Not empty; those whose old key ends first first. */
  readonly keys: readonly Unplaced[];
  /** A key's own page was followed to. */
  readonly onLeave?: () => void;
}

const shownAtFirst = 12;

/** New keys that nobody has yet, each with the way to the page on which it can be copied once. */
export function UnplacedKeys({ keys, onLeave }: UnplacedKeysProps) {
  const now = useNow();
  const [isAll, setAll] = useState(false);
  const until = keys.find((each) => each.until !== null)?.until ?? null;
  const shown = isAll ? keys : keys.slice(0, shownAtFirst);
  return (
    <Callout tone="attention" title={unplacedWords(keys.length, until, now)} isNews>
      Only Keyturn has their values.
      <ul className={styles.inline} aria-label="New keys that are in no file">
        {shown.map(({ key }) => (
          <li key={key.id}>
            <a
              className={styles.inlineLink}
              href={hrefOf({ place: 'keys', keyId: key.id })}
              {...(onLeave === undefined ? {} : { onClick: onLeave })}
            >
              {key.name}
            </a>
          </li>
        ))}
      </ul>
      {shown.length < keys.length && (
        <Button variant="quiet" size="small" onPress={() => setAll(true)}>
          {`Show all ${keys.length.toLocaleString('en-GB')}`}
        </Button>
      )}
    </Callout>
  );
}
