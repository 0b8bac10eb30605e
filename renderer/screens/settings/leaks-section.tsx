import { Section } from '../../components/section.tsx';
import { hrefOf } from '../frame/router.ts';

/** Leads to the search for keys where they should not be. */
export function LeaksSection() {
  return (
    <Section
      title="Leaks"
      description="Looks for the keys of the vault in a folder and in the history of its repositories, and can keep them out of new commits."
    >
      <p>
        <a href={hrefOf({ place: 'check-for-leaks' })}>Check for leaks</a>
      </p>
    </Section>
  );
}
