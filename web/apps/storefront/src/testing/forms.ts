import { fireEvent, screen, within } from '@testing-library/react';

export const main = () => within(screen.getByRole('main'));

/** What somebody has typed, at once: keys one by one are for tests that are about keys. */
export function fill(scope: ReturnType<typeof within>, fields: Record<string, string>): void {
  for (const [label, value] of Object.entries(fields)) {
    fireEvent.input(scope.getByLabelText(label), { target: { value } });
  }
}

export const press = (scope: ReturnType<typeof within>, name: string | RegExp) =>
  fireEvent.click(scope.getByRole('button', { name }));

export const done = () => new Response(null, { status: 204 });
