import { ListChecks } from 'lucide-react';
import { useState } from 'react';
import type { ConnectionId } from '../../../shared/domain/ids.ts';
import { Button } from '../../components/button.tsx';
import { Checkbox } from '../../components/checkbox.tsx';
import { FailureCallout } from '../../components/failure-callout.tsx';
import { SearchField } from '../../components/search-field.tsx';
import { TagField } from '../../components/tag-field.tsx';
import { count } from '../../text/dates.ts';
import styles from './generate-key.module.css';
import { type Scope, useScopes } from './use-scopes.ts';

export interface ScopeChoiceProps {
  readonly connectionId: ConnectionId;
  readonly provider: string;
  /** The scopes that are known without asking. */
  readonly known: readonly Scope[];
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
  readonly help: string;
}

/** Scopes that the provider lists when it is asked, found by typing. Any other can be typed too. */
export function ScopeChoice({ connectionId, provider, known, chosen, onChange, help }: ScopeChoiceProps) {
  const { listed, ask } = useScopes(connectionId);
  return (
    <div className={styles.stack}>
      <TagField
        label="Scopes"
        values={chosen}
        onChange={onChange}
        placeholder="Type a scope, or choose below"
        help={help}
      />
      {listed.state === 'failed' && <FailureCallout failure={listed.failure} />}
      {listed.state === 'ready' ? (
        <Found scopes={joined(known, listed.scopes)} chosen={chosen} onChange={onChange} />
      ) : (
        <div className={styles.add}>
          <Button icon={ListChecks} isPending={listed.state === 'asking'} onPress={ask}>
            Show what {provider} offers
          </Button>
        </div>
      )}
    </div>
  );
}

interface FoundProps {
  readonly scopes: readonly Scope[];
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
}

function Found({ scopes, chosen, onChange }: FoundProps) {
  const [search, setSearch] = useState('');
  const words = search.trim().toLowerCase();
  const fitting = scopes.filter(({ value, label }) => `${value} ${label}`.toLowerCase().includes(words));
  const toggle = (value: string, isChosen: boolean) =>
    onChange(isChosen ? [...chosen, value] : chosen.filter((other) => other !== value));
  return (
    <div className={styles.tight}>
      <SearchField
        label="Search scopes"
        placeholder={`Search ${count(scopes.length, 'scope')}`}
        value={search}
        onChange={setSearch}
      />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by keyboard */}
      <section className={styles.found} aria-label="Scopes of the provider" tabIndex={0}>
        {fitting.map(({ value, label }) => (
          <Checkbox
            key={value}
            label={label}
            help={label === value ? undefined : value}
            isSelected={chosen.includes(value)}
            onChange={(isChosen) => toggle(value, isChosen)}
          />
        ))}
        {fitting.length === 0 && (
          <p className={styles.help}>No scope has these words. It can be typed above.</p>
        )}
      </section>
    </div>
  );
}

/** Those of both lists, each once. */
function joined(known: readonly Scope[], listed: readonly Scope[]): readonly Scope[] {
  const seen = new Set(known.map(({ value }) => value));
  return [...known, ...listed.filter(({ value }) => !seen.has(value))];
}
