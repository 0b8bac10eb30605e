import { type RefObject, useEffect } from 'react';

/**
 * Brings what is wrong into view, however far the form was scrolled: the first field that is wrong gets the focus;
 * without one, the failure above the form is scrolled to. `problem` is what the last try came to; null: nothing.
 */
export function useLookAtProblem(form: RefObject<HTMLFormElement | null>, problem: unknown): void {
  useEffect(() => {
    if (problem === null) return;
    const field = form.current?.querySelector<HTMLElement>('[aria-invalid="true"]');
    if (field) field.focus();
    else form.current?.querySelector('[role="alert"]')?.scrollIntoView({ block: 'nearest' });
  }, [form, problem]);
}
