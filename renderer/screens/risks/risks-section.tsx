import { ShieldCheck } from 'lucide-react';
import { useId } from 'react';
import { assertNever } from '../../../shared/result.ts';
import { EnvironmentBadge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { FailureCallout } from '../../components/failure-callout.tsx';
import { Section } from '../../components/section.tsx';
import { Spinner } from '../../components/spinner.tsx';
import { useNow } from '../../components/use-now.ts';
import { riskFact, riskWords } from '../../text/risks.ts';
import { hrefOf, navigate } from '../frame/router.ts';
import { actOnRisk } from './act-on-risk.ts';
import styles from './risks.module.css';
import { type RiskGroup, type RiskyKey, useRisks } from './use-risks.ts';

/** So many keys of each kind stand in the section; the screen of its own has all. */
const mostOfAKind = 3;

/** Keys that are worth a look, by why, each with its one next action. For a screen that is about something else. */
export function RisksSection() {
  const risks = useRisks();
  const isMore = risks.state === 'ready' && risks.groups.some(({ keys }) => keys.length > mostOfAKind);
  return (
    <Section
      title="Worth a look"
      actions={
        isMore && (
          <Button size="small" variant="quiet" onPress={() => navigate({ place: 'worth-a-look' })}>
            {`Show all ${risks.total.toLocaleString('en-GB')}`}
          </Button>
        )
      }
    >
      <Contents risks={risks} />
    </Section>
  );
}

function Contents({ risks }: { readonly risks: ReturnType<typeof useRisks> }) {
  const now = useNow();
  switch (risks.state) {
    case 'loading':
      return <Spinner label="Looking at the keys" />;
    case 'failed':
      return (
        <FailureCallout failure={risks.failure} action={<Button onPress={risks.retry}>Try again</Button>} />
      );
    case 'ready':
      if (risks.total === 0) return <NothingToSee />;
      return (
        <div className={styles.groups}>
          {risks.groups.map((group) => (
            <Group key={group.kind} group={group} now={now} />
          ))}
        </div>
      );
    default:
      return assertNever(risks);
  }
}

/** Nothing is the matter, in one line. */
export function NothingToSee() {
  return (
    <p className={styles.nothing}>
      <ShieldCheck aria-hidden className={styles.icon} />
      Nothing: no live key is overdue, none lies unused, and none is shared between projects.
    </p>
  );
}

function Group({ group: { kind, keys }, now }: { readonly group: RiskGroup; readonly now: number }) {
  const { title, why } = riskWords[kind];
  const id = useId();
  return (
    <section aria-labelledby={id} className={styles.group}>
      <h3 id={id} className={styles.title}>
        {title} <span className={styles.count}>{keys.length.toLocaleString('en-GB')}</span>
      </h3>
      <p className={styles.why}>{why}</p>
      <ul className={styles.rows}>
        {keys.slice(0, mostOfAKind).map((risky) => (
          <Row key={risky.row.id} risky={risky} now={now} />
        ))}
      </ul>
    </section>
  );
}

function Row({ risky, now }: { readonly risky: RiskyKey; readonly now: number }) {
  const { risk, row } = risky;
  const name = useId();
  const { text, detail } = riskFact(risk, now);
  return (
    <li className={styles.row}>
      <span className={styles.name}>
        <a id={name} className={styles.link} href={hrefOf({ place: 'keys', keyId: row.id })}>
          {row.name}
        </a>{' '}
        <span className={styles.faint}>{row.provider}</span>
      </span>
      <span className={styles.badge}>
        <EnvironmentBadge environment={row.environment} />
      </span>
      <span className={styles.fact} title={detail}>
        {text}
      </span>
      <Button size="small" aria-describedby={name} onPress={() => actOnRisk(risky)}>
        {riskWords[risk.kind].action}
      </Button>
    </li>
  );
}
