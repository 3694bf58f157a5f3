import { usePermissions } from '@sharestack/session/context.tsx';
import type { Permission } from '@sharestack/session/session.ts';
import type { ReactNode } from 'react';
import { ForbiddenPage } from './ForbiddenPage.tsx';

/** A room for who may enter; others are told, and nothing of the room is asked for. */
export function Room({ permission, children }: { permission: Permission; children: ReactNode }) {
  return usePermissions().includes(permission) ? children : <ForbiddenPage />;
}
