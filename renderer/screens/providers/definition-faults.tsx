import { Callout } from '../../components/callout.tsx';
import { definitionFileWords, type PageFailure } from '../../text/errors.ts';
import styles from './definition.module.css';

/** Why a file was not taken for a definition: in words, and every fault at its place. */
export function DefinitionProblem({ failure }: { readonly failure: PageFailure }) {
  const { title, body, next } = definitionFileWords(failure);
  const faults = failure.code === 'definition-faulty' ? failure.faults : [];
  return (
    <Callout tone="danger" title={title} isNews>
      <p className={styles.words}>
        {body}
        {next !== undefined && <> {next}</>}
      </p>
      {faults.length > 0 && (
        <ul className={styles.faults} aria-label="Faults">
          {faults.map(({ at, message }) => (
            <li key={`${at} ${message}`} className={styles.fault}>
              <span className={styles.place}>{at === '' ? 'The file' : at}</span> <span>{message}</span>
            </li>
          ))}
        </ul>
      )}
    </Callout>
  );
}
