import type { Permission } from '@sharestack/session/session.ts';
import {
  Activity,
  BookOpen,
  Boxes,
  Bug,
  CreditCard,
  Flag,
  FolderTree,
  Gauge,
  Gavel,
  GitCompareArrows,
  LayoutDashboard,
  type LucideIcon,
  Package,
  Percent,
  RotateCcw,
  Scale,
  ScrollText,
  Settings,
  ShieldAlert,
  ShieldQuestion,
  ShoppingBag,
  SpellCheck,
  Star,
  TicketPercent,
  Truck,
  Undo2,
  Users,
} from 'lucide-react';
import type { CounterName } from './queries.ts';
import type { AdminRouter } from './router.tsx';
import type { texts } from './texts.ts';

type Path = keyof AdminRouter['routesByPath'];
type RoomName = keyof (typeof texts)['en']['roomNames'];

/** A place of the administration: its path, who may enter, and what waits there. */
export interface Room {
  to: Path;
  name: RoomName;
  /** Null: all staff. */
  permission: Permission | null;
  Icon: LucideIcon;
  counter?: CounterName;
}

export interface Section {
  name: keyof (typeof texts)['en']['sections'];
  rooms: readonly Room[];
}

/** What one works at together stands together, what is wanted most often first. */
export const SECTIONS: readonly Section[] = [
  {
    name: 'selling',
    rooms: [
      { to: '/', name: 'overview', permission: null, Icon: LayoutDashboard },
      { to: '/orders', name: 'orders', permission: 'orders:read_all', Icon: ShoppingBag, counter: 'orders_to_ship' },
      { to: '/returns', name: 'returns', permission: 'orders:read_all', Icon: Undo2, counter: 'returns_to_decide' },
      { to: '/customers', name: 'customers', permission: 'users:read', Icon: Users },
    ],
  },
  {
    name: 'catalogue',
    rooms: [
      { to: '/products', name: 'products', permission: 'catalog:read_all', Icon: Package },
      { to: '/categories', name: 'categories', permission: 'catalog:read_all', Icon: FolderTree },
      {
        to: '/inventory',
        name: 'inventory',
        permission: 'catalog:read_all',
        Icon: Boxes,
        counter: 'variants_low_in_stock',
      },
    ],
  },
  {
    name: 'pricing',
    rooms: [
      { to: '/coupons', name: 'coupons', permission: 'pricing:read_all', Icon: TicketPercent },
      { to: '/shipping', name: 'shipping', permission: 'pricing:read_all', Icon: Truck },
      { to: '/taxes', name: 'taxes', permission: 'pricing:read_all', Icon: Percent },
    ],
  },
  {
    name: 'money',
    rooms: [
      { to: '/payments', name: 'payments', permission: 'payments:read_all', Icon: CreditCard },
      { to: '/refunds', name: 'refunds', permission: 'payments:read_all', Icon: RotateCcw },
      {
        to: '/disputes',
        name: 'disputes',
        permission: 'payments:read_all',
        Icon: ShieldAlert,
        counter: 'disputes_to_answer',
      },
      {
        to: '/fraud',
        name: 'fraud',
        permission: 'payments:read_all',
        Icon: ShieldQuestion,
        counter: 'payments_to_review',
      },
      { to: '/ledger', name: 'ledger', permission: 'payments:read_all', Icon: BookOpen },
      {
        to: '/reconciliation',
        name: 'reconciliation',
        permission: 'payments:read_all',
        Icon: GitCompareArrows,
        counter: 'reconciliation_differences',
      },
    ],
  },
  {
    name: 'community',
    rooms: [
      { to: '/reports', name: 'reports', permission: 'reports:read', Icon: Flag, counter: 'open_cases' },
      { to: '/appeals', name: 'appeals', permission: 'reports:read', Icon: Scale, counter: 'open_appeals' },
      { to: '/reviews', name: 'reviews', permission: 'reviews:moderate', Icon: Star },
      { to: '/moderation', name: 'moderation', permission: 'reports:read', Icon: Gavel },
      { to: '/keyword-rules', name: 'keywordRules', permission: 'reports:read', Icon: SpellCheck },
    ],
  },
  {
    name: 'system',
    rooms: [
      { to: '/metrics', name: 'metrics', permission: 'analytics:read', Icon: Activity },
      { to: '/errors', name: 'errors', permission: 'errors:read', Icon: Bug, counter: 'open_errors' },
      { to: '/speed', name: 'speed', permission: 'operations:read', Icon: Gauge },
      { to: '/audit', name: 'audit', permission: 'audit:read', Icon: ScrollText },
      { to: '/settings', name: 'settings', permission: 'settings:write', Icon: Settings },
    ],
  },
];

const mayEnter = ({ permission }: Room, permissions: readonly Permission[]) =>
  permission === null || permissions.includes(permission);

/** Sections that have a room for this person, with those rooms. */
export const sectionsFor = (permissions: readonly Permission[]): Section[] =>
  SECTIONS.map(({ name, rooms }) => ({ name, rooms: rooms.filter((room) => mayEnter(room, permissions)) })).filter(
    ({ rooms }) => rooms.length > 0,
  );

export const roomsFor = (permissions: readonly Permission[]): Room[] =>
  sectionsFor(permissions).flatMap(({ rooms }) => rooms);
