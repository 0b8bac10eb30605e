import { act, cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { dropErrors, notify, useNotices } from '../../../renderer/app-state.ts';
import { NoticeRegion } from '../../../renderer/components/notice-region.tsx';

afterEach(cleanup);

function Notices() {
  return <NoticeRegion notices={useNotices()} onDismiss={() => undefined} />;
}

it('an error goes when its screen is left, and what went well stays its time', () => {
  render(<Notices />);
  act(() => {
    notify('danger', 'The file cannot be written.');
    notify('done', 'Written and read back.');
  });
  expect(screen.getByText('The file cannot be written.')).toBeTruthy();
  act(dropErrors);
  expect(screen.queryByText('The file cannot be written.')).toBeNull();
  expect(screen.getByText('Written and read back.')).toBeTruthy();
});
