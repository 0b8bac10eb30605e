import { useState } from 'react';
import type { CalendarFile } from '../../../shared/ipc/reminders.contract.ts';
import { Button } from '../../components/button.tsx';
import { Fact, FactList } from '../../components/fact-list.tsx';
import { FailureCallout, FailureWords } from '../../components/failure-callout.tsx';
import { PathField } from '../../components/path-field.tsx';
import { RelativeTime } from '../../components/relative-time.tsx';
import { Section } from '../../components/section.tsx';
import {
  calendarFileWords,
  calendarNameProblem,
  eventWords,
  keptFileWords,
} from '../../text/calendar-file.ts';
import styles from './settings.module.css';
import { type CalendarFileState, useCalendarFile } from './use-calendar-file.ts';

/** A file that calendars read, so that a reminder exists even where the app never starts. */
export function CalendarSection() {
  const state = useCalendarFile();
  switch (state.state) {
    case 'loading':
      return null;
    case 'failed':
      return (
        <Section title="Calendar file">
          <FailureCallout failure={state.failure} />
        </Section>
      );
    case 'ready':
      return <Ready {...state} />;
  }
}

type ReadyProps = Extract<CalendarFileState, { state: 'ready' }>;

function Ready({ calendar, acting, keep, leave, choose }: ReadyProps) {
  const { file: kept } = calendar;
  /** The file that is to be another one: the form goes when it is. */
  const [changedFrom, setChangedFrom] = useState<string | null>(null);
  const isChanging = kept !== null && changedFrom === kept;
  return (
    <Section
      title="Calendar file"
      description="An .ics file with the day of every key, for your calendar to read. It holds names and days, and never a key. Keyturn keeps it up to date."
      actions={
        kept !== null && (
          <Button onPress={leave} isPending={acting.what === 'leaving'}>
            Stop keeping it
          </Button>
        )
      }
    >
      {acting.failure !== null && <FailureWords words={calendarFileWords(acting.failure)} />}
      {(kept === null || isChanging) && (
        <FileForm
          key={kept}
          file={kept ?? ''}
          isKeeping={acting.what === 'keeping'}
          onKeep={keep}
          onCancel={kept === null ? null : () => setChangedFrom(null)}
          choose={choose}
        />
      )}
      {kept !== null && (
        <Kept
          calendar={calendar}
          file={kept}
          isWriting={acting.what === 'keeping'}
          onAgain={() => keep(kept)}
          onChange={isChanging ? null : () => setChangedFrom(kept)}
        />
      )}
    </Section>
  );
}

interface FileFormProps extends Pick<ReadyProps, 'choose'> {
  /** The file that is kept so far; empty where none is. */
  readonly file: string;
  readonly isKeeping: boolean;
  readonly onKeep: (file: string) => void;
  /** null where there is nothing to go back to. */
  readonly onCancel: (() => void) | null;
}

function FileForm({ file, isKeeping, onKeep, onCancel, choose }: FileFormProps) {
  const [typed, setTyped] = useState(file);
  const [isTried, setTried] = useState(false);
  const path = typed.trim();
  const problem = calendarNameProblem(path);
  return (
    <form
      className={styles.file}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (problem === null && path !== file) onKeep(path);
      }}
    >
      <PathField
        value={typed}
        onChange={(next) => {
          setTyped(next);
          setTried(false);
        }}
        onChoose={choose}
        placeholder="/home/you/keyturn.ics"
        help="Is made if it is not there. Another file is never replaced."
        error={isTried ? problem : null}
        autoFocus={onCancel !== null}
      />
      <div className={styles.buttons}>
        <Button type="submit" isPending={isKeeping} isDisabled={path === '' || path === file}>
          {onCancel === null ? 'Keep a calendar file' : 'Keep it there'}
        </Button>
        {onCancel !== null && (
          <Button variant="quiet" onPress={onCancel}>
            Cancel
          </Button>
        )}
      </div>
    </form>
  );
}

interface KeptProps {
  readonly calendar: CalendarFile;
  readonly file: string;
  readonly isWriting: boolean;
  readonly onAgain: () => void;
  /** null while it is being changed, in the form above. */
  readonly onChange: (() => void) | null;
}

function Kept({ calendar, file, isWriting, onAgain, onChange }: KeptProps) {
  const { writtenAt, failed } = calendar;
  return (
    <>
      {failed !== null && (
        <FailureWords
          words={keptFileWords(failed)}
          action={
            <Button onPress={onAgain} isPending={isWriting}>
              Write it again
            </Button>
          }
        />
      )}
      <FactList>
        {onChange !== null && (
          <Fact label="File">
            <span className={styles.kept}>
              <span className="mono">{file}</span>
              <Button size="small" onPress={onChange}>
                Change…
              </Button>
            </span>
          </Fact>
        )}
        <Fact label="In it">{eventWords(calendar)}</Fact>
        <Fact label="Last written">{writtenAt === null ? 'Not yet' : <RelativeTime at={writtenAt} />}</Fact>
      </FactList>
      <p className={styles.quiet}>
        Add the file to your calendar as a subscription where it can, otherwise import it. When Keyturn stops
        keeping it, or keeps another, the file stays.
      </p>
    </>
  );
}
