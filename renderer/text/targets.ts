import { count } from './dates.ts';

/**
 * What is wrong with a key's files, for a row of a list: how many of them do not hold its value. Empty where all hold it.
 */
export function astrayWords(targets: number, targetsAstray: number): string {
  if (targetsAstray === 0) return '';
  if (targets === 1) return 'Its file is out of step';
  if (targetsAstray === targets) return `All ${count(targets, 'file')} are out of step`;
  return targetsAstray === 1
    ? `1 of ${count(targets, 'file')} is out of step`
    : `${targetsAstray} of ${count(targets, 'file')} are out of step`;
}
