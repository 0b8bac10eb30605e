import type { ConnectionId } from '../../../shared/domain/ids.ts';
import type { ProviderSummary } from '../../../shared/domain/provider.ts';
import { Checkbox } from '../../components/checkbox.tsx';
import { Section } from '../../components/section.tsx';
import { TagField } from '../../components/tag-field.tsx';
import { TextField } from '../../components/text-field.tsx';
import { restrictionWords } from '../../text/providers.ts';
import type { Draft, Problems } from './draft.ts';
import styles from './generate-key.module.css';
import { ScopeChoice } from './scope-choice.tsx';

export interface LimitsProps {
  readonly connectionId: ConnectionId;
  readonly provider: Pick<ProviderSummary, 'name' | 'creation'>;
  readonly draft: Draft;
  readonly problems: Problems;
  readonly onChange: (change: Partial<Draft>) => void;
}

/** What the key may do, how long, and from where: only what its provider offers, and what leaving each out means. */
export function Limits({ connectionId, provider, draft, problems, onChange }: LimitsProps) {
  const { scopes, expiry, restrictions } = provider.creation;
  if (scopes === null && expiry === null && restrictions.length === 0) return null;
  return (
    <Section level={3} title="What it may do">
      <div className={styles.stack}>
        {scopes?.suggested === true && (
          <ScopeChoice
            key={connectionId}
            connectionId={connectionId}
            provider={provider.name}
            known={scopes.options}
            chosen={draft.scopes}
            onChange={(next) => onChange({ scopes: next })}
            help={leftOut(scopes.whenOmitted)}
          />
        )}
        {scopes?.suggested === false && <Scopes scopes={scopes} chosen={draft.scopes} onChange={onChange} />}
        <div className={styles.pair}>
          {expiry !== null && (
            <TextField
              label="Expires after (days)"
              value={draft.expiresInDays}
              onChange={(expiresInDays) => onChange({ expiresInDays })}
              inputMode="numeric"
              help={[
                leftOut(expiry.whenOmitted),
                expiry.maxDays === null ? '' : `At most ${expiry.maxDays} days.`,
              ]
                .filter((part) => part !== '')
                .join(' ')}
              error={problems.expiry}
            />
          )}
          {restrictions.map((restriction) => (
            <TagField
              key={restriction}
              label={restrictionWords[restriction].label}
              values={draft[restriction]}
              onChange={(values) => onChange({ [restriction]: values })}
              placeholder={restrictionWords[restriction].placeholder}
              help={restrictionWords[restriction].whenOmitted}
            />
          ))}
        </div>
      </div>
    </Section>
  );
}

interface ScopesProps {
  readonly scopes: NonNullable<ProviderSummary['creation']['scopes']>;
  readonly chosen: readonly string[];
  readonly onChange: (change: Partial<Draft>) => void;
}

function Scopes({ scopes, chosen, onChange }: ScopesProps) {
  const toggle = (value: string, isChosen: boolean) =>
    onChange({ scopes: isChosen ? [...chosen, value] : chosen.filter((other) => other !== value) });
  if (scopes.options.length === 0) {
    return (
      <TagField
        label="Scopes"
        values={chosen}
        onChange={(next) => onChange({ scopes: next })}
        help={leftOut(scopes.whenOmitted)}
      />
    );
  }
  return (
    <fieldset className={styles.scopes}>
      <legend className={styles.legend}>Scopes</legend>
      <div className={styles.options}>
        {scopes.options.map((option) => (
          <Checkbox
            key={option.value}
            label={option.label}
            isSelected={chosen.includes(option.value)}
            onChange={(isChosen) => toggle(option.value, isChosen)}
          />
        ))}
      </div>
      <p className={styles.help}>{leftOut(scopes.whenOmitted)}</p>
    </fieldset>
  );
}

function leftOut(whenOmitted: string): string {
  return whenOmitted === '' ? '' : `Left out: ${lowerFirst(whenOmitted)}`;
}

const lowerFirst = (text: string): string =>
  /^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
