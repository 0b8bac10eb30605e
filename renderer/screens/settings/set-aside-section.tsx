import { Button } from '../../components/button.tsx';
import { Callout } from '../../components/callout.tsx';
import { FailureCallout } from '../../components/failure-callout.tsx';
import { RelativeTime } from '../../components/relative-time.tsx';
import { Section } from '../../components/section.tsx';
import { putBackWords, setAsideTitle, setAsideWords } from '../../text/set-aside.ts';
import styles from './settings.module.css';
import { useSetAside } from './use-set-aside.ts';

/** Damaged files that were kept instead of being overwritten; not there where there are none. */
export function SetAsideSection() {
  const { files, putting, putBack } = useSetAside();
  if (files.length === 0 && putting.step !== 'failed') return null;
  return (
    <Section
      title="Set aside"
      description="Files that were damaged. Keyturn kept them and went on without; what can still be read of them can be put back. Nothing that is in the vault is replaced."
    >
      {putting.step === 'failed' && <FailureCallout failure={putting.failure} />}
      {putting.step === 'ended' && (
        <Callout
          isNews
          tone={putting.came.cameBack > 0 ? 'done' : 'info'}
          title={putting.came.cameBack > 0 ? 'Put back' : 'Nothing was put back'}
        >
          {putBackWords(putting.came)}
        </Callout>
      )}
      <ul className={styles.list} aria-label="Files that were set aside">
        {files.map((each) => (
          <li key={`${each.folder}/${each.file}`} className={styles.item}>
            <span className={styles.words}>
              <span>
                {setAsideTitle(each)} <span className={styles.quiet}>set aside </span>
                <span className={styles.quiet}>
                  <RelativeTime at={each.at} />
                </span>
              </span>
              <span className={styles.quiet}>{setAsideWords(each)}</span>
              <span className={styles.path}>
                {each.folder}/{each.file}
              </span>
            </span>
            {each.missing > 0 && (
              <Button
                isPending={putting.step === 'running' && putting.file === each.file}
                isDisabled={putting.step === 'running' && putting.file !== each.file}
                aria-label={`Put back ${setAsideTitle(each).toLowerCase()}`}
                onPress={() => putBack(each.file)}
              >
                Put back
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}
