import type { QuietHours } from '../../shared/domain/settings.ts';

/** What is wrong with quiet hours as they are typed, by their field; null where nothing is. */
export interface QuietHoursProblems {
  readonly from: string | null;
  readonly to: string | null;
}

const isTime = (text: string): boolean => /^([01]\d|2[0-3]):[0-5]\d$/.test(text);
const noTime = 'Type a time of day, such as 22:00.';

/** Both must be a time of day, and not the same one. */
export function quietHoursProblems({ from, to }: QuietHours): QuietHoursProblems {
  const fromProblem = isTime(from) ? null : noTime;
  if (!isTime(to)) return { from: fromProblem, to: noTime };
  const isSame = fromProblem === null && from === to;
  return {
    from: fromProblem,
    to: isSame ? 'The quiet hours would end when they begin. Choose another end.' : null,
  };
}

/** "From 22:00 to 07:00 the next day". */
export function quietHoursWords({ from, to }: QuietHours): string {
  return `From ${from} to ${to}${to < from ? ' the next day' : ''}`;
}
