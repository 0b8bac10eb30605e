import { Button } from '../../components/button.tsx';
import { FailureCallout } from '../../components/failure-callout.tsx';
import { Switch } from '../../components/switch.tsx';
import styles from './settings.module.css';
import { type LoginStartState, useLoginStart } from './use-login-start.ts';

/** Whether the app starts with the user's session, as the system has it at this moment. */
export function LoginStartField() {
  const login = useLoginStart();
  switch (login.state) {
    case 'loading':
      return null;
    case 'failed':
      return <FailureCallout failure={login.failure} />;
    case 'ready':
      return (
        <div className={styles.stack}>
          {login.failure !== null && <FailureCallout failure={login.failure} />}
          <State {...login} />
        </div>
      );
  }
}

function State({ start, isChanging, set }: Extract<LoginStartState, { state: 'ready' }>) {
  const { state, detail } = start;
  if (state === 'on' || state === 'off')
    return (
      <div className={styles.field}>
        <Switch
          label="Start at login"
          help={`${startWords[state]} ${detail}`.trim()}
          isSelected={state === 'on'}
          isDisabled={isChanging}
          onChange={set}
        />
      </div>
    );
  return (
    <>
      <div className={styles.field}>
        <p>Start at login</p>
        <p className={styles.small}>{detail}</p>
      </div>
      {state === 'elsewhere' && (
        <div>
          <Button isPending={isChanging} onPress={() => set(true)}>
            Start this one instead
          </Button>
        </div>
      )}
    </>
  );
}

const startWords = {
  on: 'The system starts Keyturn when you log in, without a window.',
  off: 'Keyturn reminds you only while it runs, and the system does not start it.',
} as const;
