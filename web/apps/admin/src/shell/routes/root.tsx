import type { Permission } from '@sharestack/session/session.ts';
import { createRootRoute } from '@tanstack/react-router';
import type { ComponentType } from 'react';
import { FailedPage } from '../FailedPage.tsx';
import { Layout } from '../Layout.tsx';
import { NotFoundPage } from '../NotFoundPage.tsx';
import { Room } from '../Room.tsx';

export const root = createRootRoute({
  component: Layout,
  notFoundComponent: NotFoundPage,
  errorComponent: FailedPage,
});

/** A page behind a permission: its files are asked for by who may see it. */
export function guarded(permission: Permission, Page: ComponentType) {
  return () => (
    <Room permission={permission}>
      <Page />
    </Room>
  );
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
