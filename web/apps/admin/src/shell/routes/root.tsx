import type { Permission } from '@sharestack/session/session.ts';
import { type AsyncRouteComponent, createRootRoute } from '@tanstack/react-router';
import { FailedPage } from '../FailedPage.tsx';
import { Layout } from '../Layout.tsx';
import { NotFoundPage } from '../NotFoundPage.tsx';
import { Room } from '../Room.tsx';

export const root = createRootRoute({
  component: Layout,
  notFoundComponent: NotFoundPage,
  errorComponent: FailedPage,
});

/**
 * A page behind a permission. The router loads its files while the page before is still there: loaded only when it is drawn,
 * everything would be gone meanwhile, and for 300 ms at least (so long React keeps what stands in for what is missing).
 */
export function guarded(permission: Permission, Page: AsyncRouteComponent<unknown>) {
  const Guarded = () => (
    <Room permission={permission}>
      <Page />
    </Room>
  );
  return Page.preload ? Object.assign(Guarded, { preload: Page.preload }) : Guarded;
}

/**
 * What a page reads of its address, and nothing else of it: the router lays what is read over what stood there, so what
 * was not understood has to be undefined by name.
 */
export function only<Search extends object>(parse: (raw: Record<string, unknown>) => Search) {
  return (raw: Record<string, unknown>): Search => {
    const unread = Object.fromEntries(Object.keys(raw).map((name) => [name, undefined]));
    return { ...unread, ...parse(raw) };
  };
}
