import type { TargetId } from '../../../shared/domain/ids.ts';
import type { Target } from '../../../shared/domain/key.ts';
import type { KeyDetail } from '../../../shared/ipc/keys.contract.ts';
import { Badge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { Checkbox } from '../../components/checkbox.tsx';
import { Section } from '../../components/section.tsx';
import { words } from '../../text/errors.ts';
import { gitWords } from '../../text/git-standing.ts';
import rotation from '../rotation/rotation.module.css';
import styles from './leaked-files.module.css';
import type { LeakedFile } from './use-leaked-files.ts';

export interface LeakedFilesProps {
  readonly detail: Pick<KeyDetail, 'targets' | 'environment'>;
  readonly files: ReadonlyMap<TargetId, LeakedFile>;
  /** Targets that do not get the new key. */
  readonly without: ReadonlySet<TargetId>;
  readonly onWithout: (target: TargetId, isLeftOut: boolean) => void;
  /** Leads to the key's page, where a file that cannot be written to is mended. */
  readonly onShowFiles: () => void;
}

/** The files that the new key is written to: what there is to know of each, and leaving one out. */
export function LeakedFiles({ detail, files, without, onWithout, onShowFiles }: LeakedFilesProps) {
  const isHurdled = detail.targets.some(({ id }) => (files.get(id)?.hurdle ?? null) !== null);
  return (
    <Section
      level={3}
      title="Files that will get the new key"
      actions={
        isHurdled && (
          <Button size="small" onPress={onShowFiles}>
            Show the key’s files
          </Button>
        )
      }
    >
      {detail.targets.length === 0 ? (
        <p className={rotation.quiet}>
          None. Wherever the leaked key is in use, you put the new one yourself.
        </p>
      ) : (
        <ul className={styles.files} aria-label="Files">
          {detail.targets.map((target) => {
            const file = files.get(target.id);
            const isLeftOut = without.has(target.id);
            return (
              <li key={target.id} className={styles.file}>
                <span className={styles.path}>
                  <span className="mono">{target.file}</span>{' '}
                  <span className={rotation.quiet}>{Object.values(target.variables).join(', ')}</span>{' '}
                  {file?.isTracked && <Badge tone="attention">Tracked by Git</Badge>}
                </span>
                {file !== undefined && (file.isTracked || file.hurdle !== null) && (
                  <>
                    {!isLeftOut && (
                      <span className={rotation.quiet}>
                        {standingWords(file, target, detail.environment)}
                      </span>
                    )}
                    <Checkbox
                      label={
                        <>
                          Without this file<span className="hidden-words">: {target.file}</span>
                        </>
                      }
                      help={isLeftOut ? leftOutWords : undefined}
                      isSelected={isLeftOut}
                      onChange={(next) => onWithout(target.id, next)}
                    />
                  </>
                )}
              </li>
            );
          })}
        </ul>
      )}
    </Section>
  );
}

const leftOutWords =
  'It keeps the leaked value until you change it, and no longer gets what the key is replaced by.';

function standingWords(
  { hurdle }: LeakedFile,
  { mayBeTracked }: Target,
  environment: KeyDetail['environment'],
): string {
  if (hurdle !== null) return `${words(hurdle).title}. Nothing is begun until it can be written.`;
  if (environment === 'live' && mayBeTracked)
    return 'You have let this key into it by name. The new one goes into the history with the next commit too.';
  return gitWords({ state: 'tracked', detail: '' }, environment)?.text ?? '';
}
