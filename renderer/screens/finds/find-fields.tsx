import { Button } from '../../components/button.tsx';
import { Callout } from '../../components/callout.tsx';
import { Select } from '../../components/select.tsx';
import { TextField } from '../../components/text-field.tsx';
import { AccountChoice } from '../take-in/account-choice.tsx';
import { atAccount, type FindDraft, type FindsWorld } from './draft.ts';
import type { FindView } from './find-view.ts';
import styles from './finds.module.css';

export interface FindFieldsProps {
  readonly view: FindView;
  readonly world: FindsWorld;
  readonly isLocked: boolean;
  readonly onChange: (part: Partial<FindDraft>) => void;
  readonly onAddProvider: () => void;
  readonly onTakeIn: () => void;
}

const noneOfThese = 'none';

/** What is decided about a find that is new to the vault: whose it is, at which connection, under which name. */
export function FindFields({ view, world, isLocked, onChange, onAddProvider, onTakeIn }: FindFieldsProps) {
  const { find, draft, provider, candidate, lack } = view;
  const options = find.candidates.flatMap(({ providerId }) =>
    world.catalog.filter(({ id }) => id === providerId).map(({ id, name }) => ({ value: id, label: name })),
  );
  const others = Object.entries(candidate?.others ?? {});
  const choose = (providerId: string) => {
    const next = world.catalog.find(({ id }) => id === providerId);
    const environment = find.candidates.find((each) => each.providerId === providerId)?.environment ?? null;
    if (next === undefined) onChange({ providerId: null, account: null, isChosen: false });
    else onChange(atAccount(draft, next, environment, world));
  };
  const byHand = (
    <Button isDisabled={isLocked} onPress={onTakeIn}>
      Take in a key
    </Button>
  );
  return (
    <div className={styles.stack}>
      {options.length > 0 && (
        <Select
          label="Provider"
          isDisabled={isLocked}
          options={[...options, { value: noneOfThese, label: 'Not a key of these' }]}
          value={draft.providerId ?? noneOfThese}
          onChange={choose}
        />
      )}
      {lack !== null && (lack.at === 'provider' || lack.at === 'fields') ? (
        <Callout tone="info" title={lack.short} action={byHand}>
          {lack.text}
        </Callout>
      ) : (
        provider !== null && (
          <>
            {others.length > 0 && (
              <p className={styles.quiet}>
                {`Taken with it: ${others.map(([field, variable]) => `${labelOf(field)} from ${variable}`).join(', ')}.`}
              </p>
            )}
            <AccountChoice
              provider={provider}
              connections={world.connections}
              draft={draft}
              isFixed={isLocked}
              meanwhile="What was found stays here meanwhile."
              onChange={onChange}
              onAddProvider={onAddProvider}
            />
            <TextField
              label="Name"
              maxLength={80}
              isDisabled={isLocked}
              value={draft.name}
              onChange={(name) => onChange({ name })}
              error={lack?.at === 'name' ? lack.text : null}
            />
          </>
        )
      )}
    </div>
  );

  function labelOf(name: string): string {
    return provider?.fields.find((field) => field.name === name)?.label ?? name;
  }
}
