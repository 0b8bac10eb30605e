import { PenLine } from 'lucide-react';
import type { KeyId } from '../../../shared/domain/ids.ts';
import { assertNever } from '../../../shared/result.ts';
import { Button } from '../../components/button.tsx';
import { Code } from '../../components/code.tsx';
import { FailureCallout } from '../../components/failure-callout.tsx';
import { Section } from '../../components/section.tsx';
import { Tabs } from '../../components/tabs.tsx';
import styles from './use-it.module.css';
import type { Snippet } from './use-key.ts';
import { useSignedSample } from './use-signed-sample.ts';

export interface UseItProps {
  readonly keyId: KeyId;
  readonly snippets: readonly Snippet[];
  /** Requests are signed with the key instead of carrying it. */
  readonly signs: boolean;
}

const languages: Readonly<Record<Snippet['language'], string>> = {
  curl: 'curl',
  javascript: 'JavaScript',
  python: 'Python',
};

/** How the key is used from code: by the name of its variable, never by its value. */
export function UseIt({ keyId, snippets, signs }: UseItProps) {
  return (
    <Section title="Use it" description="Names the variable, never the value.">
      <Tabs
        label="Language"
        tabs={snippets.map(({ language, text }) => ({
          id: language,
          label: languages[language],
          content: <Code label={`${languages[language]} snippet`} text={text} />,
        }))}
      />
      {signs && <SignedSample key={keyId} keyId={keyId} />}
    </Section>
  );
}

function SignedSample({ keyId }: Pick<UseItProps, 'keyId'>) {
  const { sample, make } = useSignedSample(keyId);
  return (
    <div className={styles.sample}>
      <div>
        <Button icon={PenLine} isPending={sample.state === 'making'} onPress={make}>
          Copy a signed sample
        </Button>
      </div>
      <Made sample={sample} />
    </div>
  );
}

function Made({ sample }: Pick<ReturnType<typeof useSignedSample>, 'sample'>) {
  switch (sample.state) {
    case 'none':
    case 'making':
      return null;
    case 'failed':
      return <FailureCallout failure={sample.failure} />;
    case 'made':
      return (
        <>
          <p role="status" className={styles.words}>
            {sample.isCopied ? 'On the clipboard. ' : ''}It holds a signature and no secret, and goes stale
            within minutes.
          </p>
          <Code label="signed sample" text={sample.text} />
        </>
      );
    default:
      return assertNever(sample);
  }
}
