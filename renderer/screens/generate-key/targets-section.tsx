import { Plus } from 'lucide-react';
import type { Environment } from '../../../shared/domain/key.ts';
import type { ProviderSummary } from '../../../shared/domain/provider.ts';
import { Button } from '../../components/button.tsx';
import { Section } from '../../components/section.tsx';
import { newTarget, type Problems, type TargetDraft } from './draft.ts';
import styles from './generate-key.module.css';
import { TargetFields } from './target-fields.tsx';
import { useChooseFile } from './use-choose-file.ts';
import { type FileInspections, useFileInspections } from './use-file-inspections.ts';
import { useProposals } from './use-proposals.ts';

export interface TargetsSectionProps {
  readonly targets: readonly TargetDraft[];
  readonly fields: ProviderSummary['fields'];
  /** The key's name as typed so far. */
  readonly keyName?: string;
  /** null while it is not known. */
  readonly environment?: Environment | null;
  readonly problems: Problems;
  readonly onChange: (targets: readonly TargetDraft[]) => void;
}

/** The files that a new key is written to. */
export function TargetsSection(props: TargetsSectionProps) {
  const { targets, fields, keyName = '', environment = null, problems, onChange } = props;
  const chooseFile = useChooseFile();
  const inspections = useFileInspections(
    targets.map((target) => target.file),
    fields,
  );
  useProposals(targets, inspections, onChange);
  return (
    <Section
      level={3}
      title="Where to write it"
      description="The key is written to these files as soon as it is stored, and again at every rotation. Leave it empty to do this later."
    >
      <div className={styles.stack}>
        {targets.map((target) => (
          <TargetFields
            key={target.id}
            target={target}
            fields={fields}
            inspections={inspections}
            keyName={keyName}
            environment={environment}
            problems={problems}
            repetition={repetitionOf(target, targets, inspections)}
            onChange={(next) => onChange(targets.map((each) => (each.id === next.id ? next : each)))}
            onRemove={
              targets.length === 1 ? null : () => onChange(targets.filter((each) => each.id !== target.id))
            }
            onChoose={chooseFile}
            autoFocus={target.id > 1}
          />
        ))}
        <div className={styles.add}>
          <Button
            icon={Plus}
            isDisabled={targets.some((target) => target.file.trim() === '')}
            onPress={() => onChange([...targets, newTarget(targets, fields)])}
          >
            Add another file
          </Button>
        </div>
      </div>
    </Section>
  );
}

/** That a target of the form above writes the same variable of the same file, by whichever path. */
function repetitionOf(
  target: TargetDraft,
  targets: readonly TargetDraft[],
  inspections: FileInspections,
): string | null {
  const placeOf = ({ file }: TargetDraft): string => {
    const inspection = inspections.of(file);
    return inspection?.state === 'seen' ? inspection.file.real : file.trim();
  };
  const namesOf = ({ variables }: TargetDraft) =>
    Object.values(variables).flatMap((name) => (name.trim() === '' ? [] : [name.trim()]));
  const above = targets.slice(0, targets.indexOf(target)).filter((one) => one.file.trim() !== '');
  const same = above.filter((one) => placeOf(one) === placeOf(target));
  const shared = namesOf(target).find((name) => same.some((one) => namesOf(one).includes(name)));
  if (target.file.trim() === '' || shared === undefined) return null;
  return `This is a file from above, and ${shared} in it gets the key already. Choose another file or variable.`;
}
