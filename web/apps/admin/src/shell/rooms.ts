import type { Permission } from '@sharestack/session/session.ts';
import { LayoutDashboard, type LucideIcon } from 'lucide-react';

interface Room {
  to: '/';
  name: 'overview';
  permission: Permission;
  Icon: LucideIcon;
}

/** What the navigation offers; each room to who has its permission. */
export const ROOMS: readonly Room[] = [
  { to: '/', name: 'overview', permission: 'analytics:read', Icon: LayoutDashboard },
];
