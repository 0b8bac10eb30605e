import { FailureCallout } from '../../components/failure-callout.tsx';
import { Switch } from '../../components/switch.tsx';
import styles from './settings.module.css';
import { useLoginStart } from './use-login-start.ts';

/** Whether the app starts with the user's session, as the system has it at this moment. */
export function LoginStartField() {
  const login = useLoginStart();
  switch (login.state) {
    case 'loading':
      return null;
    case 'failed':
      return <FailureCallout failure={login.failure} />;
    case 'ready': {
      const { start, isChanging, failure, set } = login;
      if (start.state !== 'on' && start.state !== 'off')
        return (
          <div className={styles.field}>
            <p>Start at login</p>
            <p className={styles.small}>{start.detail}</p>
          </div>
        );
      return (
        <>
          {failure !== null && <FailureCallout failure={failure} />}
          <div className={styles.field}>
            <Switch
              label="Start at login"
              help={[startWords[start.state], start.detail].join(' ').trim()}
              isSelected={start.state === 'on'}
              isDisabled={isChanging}
              onChange={set}
            />
          </div>
        </>
      );
    }
  }
}

const startWords = {
  on: 'The system starts Keyturn when you log in, without a window.',
  off: 'Keyturn reminds you only while it runs, and the system does not start it.',
} as const;
