import { useWorks } from '../frame/use-status.ts';

/** Whether a new key of this name is stored, and on its way into its files: a large file takes a while. */
export function useIsDelivering(name: string): boolean {
  const works = useWorks();
  if (works.state !== 'ready') return false;
  return works.value.some(
    (work) =>
      work.kind === 'issue' &&
      work.name === name.trim() &&
      work.steps.some((step) => step.name === 'deliver' && step.state === 'running'),
  );
}
