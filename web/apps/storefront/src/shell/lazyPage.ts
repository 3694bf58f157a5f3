import { ApiProblem, OFFLINE } from '@sharestack/api/problem.ts';
import { lazyRouteComponent } from '@tanstack/react-router';
import type { ComponentType } from 'react';

/**
 * A page whose files come when it is opened. A file that is gone means that the site was deployed anew: the router then
 * reloads once. Without a network that would end at the browser's own error page, so the page says it instead.
 */
export function lazyPage<Name extends string, Module extends Record<Name, ComponentType>>(
  load: () => Promise<Module>,
  name: Name,
) {
  return lazyRouteComponent(
    () =>
      load().catch((error: unknown) => {
        throw navigator.onLine ? error : new ApiProblem(0, OFFLINE);
      }),
    name,
  );
}
