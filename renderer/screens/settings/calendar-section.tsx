import { useState } from 'react';
import type { CalendarFile } from '../../../shared/ipc/reminders.contract.ts';
import { Button } from '../../components/button.tsx';
import { Fact, FactList } from '../../components/fact-list.tsx';
import { FailureCallout, FailureWords } from '../../components/failure-callout.tsx';
import { PathField } from '../../components/path-field.tsx';
import { RelativeTime } from '../../components/relative-time.tsx';
import { Section } from '../../components/section.tsx';
import { calendarFileWords } from '../../text/calendar-file.ts';
import { count } from '../../text/dates.ts';
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
  const [file, setFile] = useState('');
  const { file: kept } = calendar;
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
      {kept === null ? (
        <form
          className={styles.file}
          onSubmit={(event) => {
            event.preventDefault();
            keep(file.trim());
          }}
        >
          <PathField
            value={file}
            onChange={setFile}
            onChoose={choose}
            placeholder="/home/you/keyturn.ics"
            help="Is made if it is not there. Another file is never replaced."
          />
          <Button type="submit" isPending={acting.what === 'keeping'} isDisabled={file.trim() === ''}>
            Keep a calendar file
          </Button>
        </form>
      ) : (
        <Kept
          calendar={calendar}
          file={kept}
          isWriting={acting.what === 'keeping'}
          onAgain={() => keep(kept)}
        />
      )}
    </Section>
  );
}

interface KeptProps {
  readonly calendar: CalendarFile;
  readonly file: string;
  readonly isWriting: boolean;
  readonly onAgain: () => void;
}

function Kept({ calendar: { events, writtenAt, failed }, file, isWriting, onAgain }: KeptProps) {
  return (
    <>
      {failed !== null && (
        <FailureWords
          words={calendarFileWords(failed)}
          action={
            <Button onPress={onAgain} isPending={isWriting}>
              Write it again
            </Button>
          }
        />
      )}
      <FactList>
        <Fact label="File">
          <span className="mono">{file}</span>
        </Fact>
        <Fact label="In it">
          {writtenAt === null ? (
            'Not written yet'
          ) : (
            <>
              {count(events, 'event')}, written <RelativeTime at={writtenAt} />
            </>
          )}
        </Fact>
      </FactList>
      <p className={styles.quiet}>
        Add the file to your calendar as a subscription where it can, otherwise import it. When Keyturn stops
        keeping it, the file stays.
      </p>
    </>
  );
}
