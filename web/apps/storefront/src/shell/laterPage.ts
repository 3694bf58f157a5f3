import type { ComponentType } from 'react';
import type { LaterPage } from './laterPages.ts';
import { lazyPage } from './lazyPage.ts';

/** A page of `laterPages`, loaded when it is opened. */
export function laterPage<Name extends LaterPage>(name: Name) {
  const load = async () => {
    const { laterPages } = await import('./laterPages.ts');
    // Each is a module that has the component of its name.
    return (await laterPages[name]()) as unknown as Record<Name, ComponentType>;
  };
  return lazyPage(load, name);
}
