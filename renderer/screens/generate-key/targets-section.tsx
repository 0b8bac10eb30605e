import { Plus } from 'lucide-react';
import type { ProviderSummary } from '../../../shared/domain/provider.ts';
import { Button } from '../../components/button.tsx';
import { Section } from '../../components/section.tsx';
import { newTarget, type Problems, type TargetDraft } from './draft.ts';
import styles from './generate-key.module.css';
import { TargetFields } from './target-fields.tsx';
import { useChooseFile } from './use-choose-file.ts';
import { useFileInspections } from './use-file-inspections.ts';

export interface TargetsSectionProps {
  readonly targets: readonly TargetDraft[];
  readonly fields: ProviderSummary['fields'];
  readonly problems: Problems;
  readonly onChange: (targets: readonly TargetDraft[]) => void;
}

/** The files that a new key is written to. */
export function TargetsSection({ targets, fields, problems, onChange }: TargetsSectionProps) {
  const chooseFile = useChooseFile();
  const inspections = useFileInspections(targets.map((target) => target.file));
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
            inspection={inspections.get(target.file.trim())}
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
