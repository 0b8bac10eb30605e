import { Button } from '../../components/button.tsx';
import { Callout } from '../../components/callout.tsx';
import { Code } from '../../components/code.tsx';
import { FailureCallout } from '../../components/failure-callout.tsx';
import { Section } from '../../components/section.tsx';
import { hookWords } from '../../text/leaks.ts';
import styles from './leaks.module.css';
import { useHook } from './use-hook.ts';

/** The pre-commit hook of the folder's repository: how it stands, and putting it there or taking it away. */
export function HookSection({ folder }: { readonly folder: string }) {
  const { hook, install, remove } = useHook(folder.trim());
  return (
    <Section
      title="Before each commit"
      description="A pre-commit hook finds a key before it gets into Git’s history, where it cannot be taken out again."
    >
      <div className={styles.stack}>
        {hook.state === 'unnamed' && (
          <p className={styles.quiet}>Name a folder of a Git repository to see whether it has one.</p>
        )}
        {hook.state === 'failed' && <FailureCallout failure={hook.failure} />}
        {hook.state === 'known' && (
          <>
            {hook.failure !== null && <FailureCallout failure={hook.failure} />}
            <Standing {...hook} onInstall={install} onRemove={remove} />
          </>
        )}
      </div>
    </Section>
  );
}

interface StandingProps {
  readonly standing: Parameters<typeof hookWords>[0];
  readonly isActing: boolean;
  readonly onInstall: () => void;
  readonly onRemove: () => void;
}

function Standing({ standing, isActing, onInstall, onRemove }: StandingProps) {
  const { tone, title, text, action } = hookWords(standing);
  return (
    <>
      <Callout
        tone={tone}
        title={title}
        action={
          <>
            {action === 'install' && (
              <Button isPending={isActing} onPress={onInstall}>
                Install the pre-commit hook
              </Button>
            )}
            {action === 'remove' && (
              <Button isPending={isActing} onPress={onRemove}>
                Remove the hook
              </Button>
            )}
          </>
        }
      >
        {text}
      </Callout>
      {action === 'copy' && <Code label="the line for the hook" text={standing.line} />}
    </>
  );
}
