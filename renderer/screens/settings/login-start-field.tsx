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
      const canBeSet = start.state === 'on' || start.state === 'off';
      return (
        <>
          {failure !== null && <FailureCallout failure={failure} />}
          <div className={styles.field}>
            <Switch
              label="Start at login"
              help={stateWords(start)}
              isSelected={start.state === 'on'}
              isDisabled={!canBeSet || isChanging}
              onChange={set}
            />
          </div>
        </>
      );
    }
  }
}

function stateWords({ state, detail }: { readonly state: string; readonly detail: string }): string {
  switch (state) {
    case 'on':
      return ['The system starts Keyturn when you log in, without a window.', detail].join(' ').trim();
    case 'off':
      return ['Keyturn reminds you only while it runs. The system does not start it.', detail]
        .join(' ')
        .trim();
    default:
      return detail;
  }
}
