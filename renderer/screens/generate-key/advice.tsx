import type { ProviderSummary } from '../../../shared/domain/provider.ts';
import { Section } from '../../components/section.tsx';
import { adviceOf } from '../../text/period.ts';
import styles from './generate-key.module.css';

/** What the provider recommends about its keys. Nothing where it recommends nothing. */
export function Advice({
  provider,
}: {
  readonly provider: Pick<ProviderSummary, 'name' | 'advice' | 'recommendedDays'>;
}) {
  const said = adviceOf(provider);
  if (said.length === 0) return null;
  return (
    <Section level={3} title={`What ${provider.name} recommends`}>
      <ul className={styles.advice}>
        {said.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </Section>
  );
}
