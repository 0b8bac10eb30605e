import { Plus } from 'lucide-react';
import type { Environment } from '../../../shared/domain/key.ts';
import type { ProviderSummary } from '../../../shared/domain/provider.ts';
import { Button } from '../../components/button.tsx';
import { Section } from '../../components/section.tsx';
import { newTarget, type Problems, type TargetDraft } from './draft.ts';
import styles from './generate-key.module.css';
import { TargetFields } from './target-fields.tsx';
import { useChooseFile } from './use-choose-file.ts';
import { useFileInspections } from './use-file-inspections.ts';
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
