import type { Find } from '../../../shared/ipc/search.contract.ts';
import { Badge } from '../../components/badge.tsx';
import { Checkbox } from '../../components/checkbox.tsx';
import { Section } from '../../components/section.tsx';
import { pathWithin } from '../../text/finds.ts';
import { filesOf } from './draft.ts';
import styles from './finds.module.css';

export interface FindFilesProps {
  readonly find: Find;
  readonly folder: string;
  readonly follow: readonly string[];
  readonly isLocked: boolean;
  readonly onFollow: (files: readonly string[]) => void;
}

const followedWords =
  'A file that is followed becomes a target of the key: it gets the new value when the key is replaced. Nothing is written now.';

/** The files that hold a find: where in them, and which of them its key is to follow. */
export function FindFiles({ find, folder, follow, isLocked, onFollow }: FindFilesProps) {
  const followed = new Set(find.known?.followed);
  const files = filesOf(find);
  const isTracked = find.revoked === null && find.places.some(({ tracked }) => tracked);
  return (
    <Section title="Files" level={3} {...(find.revoked === null ? { description: followedWords } : {})}>
      <ul className={styles.files} aria-label="Files that hold it">
        {files.map((file) => {
          const places = find.places.filter((place) => place.file === file);
          const lines = places.map(({ line, variable }) => `line ${line} as ${variable}`).join(', ');
          const path = <span className={styles.path}>{pathWithin(folder, file)}</span>;
          return (
            <li key={file} className={styles.file}>
              {isLocked ? (
                <span>
                  {path}
                  <span className={styles.lines}>{lines}</span>
                </span>
              ) : (
                <Checkbox
                  label={path}
                  help={lines}
                  isDisabled={followed.has(file)}
                  isSelected={followed.has(file) || follow.includes(file)}
                  onChange={(isFollowed) =>
                    onFollow(files.filter((each) => (each === file ? isFollowed : follow.includes(each))))
                  }
                />
              )}
              <span className={styles.buttons}>
                {followed.has(file) && <Badge>Followed</Badge>}
                {places.some(({ tracked }) => tracked) && <Badge tone="attention">Tracked by Git</Badge>}
              </span>
            </li>
          );
        })}
      </ul>
      {isTracked && (
        <p className={styles.quiet}>
          A file that Git tracks is in every clone of the repository, and so is the key. Replace the key once
          it is adopted, and keep the new one in a file that Git ignores.
        </p>
      )}
    </Section>
  );
}
