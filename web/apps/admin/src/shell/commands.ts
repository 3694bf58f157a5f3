import type { Permission } from '@sharestack/session/session.ts';
import { Columns3, Download, ListFilter, type LucideIcon, Plus, Upload } from 'lucide-react';
import { type Room, roomsFor } from './rooms.ts';
import type { texts } from './texts.ts';

/** Somewhere to go. */
export interface Command {
  name: string;
  to: Room['to'];
  search: Record<string, string>;
  Icon: LucideIcon;
}

type Texts = (typeof texts)['en'];

/** Rooms, and lists in them that are wanted every day. */
export function commandsFor(permissions: readonly Permission[], t: Texts): Command[] {
  const rooms = roomsFor(permissions);
  const isOpen = (to: Room['to']) => rooms.some((room) => room.to === to);
  const lists: Command[] = [
    { name: t.ordersToShip, to: '/orders', search: { status: 'paid' }, Icon: ListFilter },
    { name: t.ordersInProgress, to: '/orders', search: { status: 'processing' }, Icon: ListFilter },
    { name: t.ordersBoard, to: '/orders', search: { view: 'board' }, Icon: Columns3 },
    { name: t.returnsToDecide, to: '/returns', search: { status: 'requested' }, Icon: ListFilter },
    { name: t.lowStock, to: '/inventory', search: { stock: 'low' }, Icon: ListFilter },
    { name: t.staff, to: '/customers', search: { role: 'admin' }, Icon: ListFilter },
    { name: t.myCases, to: '/reports', search: { claimed: 'mine' }, Icon: ListFilter },
    { name: t.heldCases, to: '/reports', search: { screened: 'true' }, Icon: ListFilter },
    { name: t.productsNotOnSale, to: '/products', search: { active: 'no' }, Icon: ListFilter },
  ];
  const acts: (Command & { permission: Permission })[] = [
    { name: t.newProduct, to: '/products/new', search: {}, Icon: Plus, permission: 'catalog:write' },
    { name: t.importProducts, to: '/products/import', search: {}, Icon: Upload, permission: 'catalog:write' },
    { name: t.exportProducts, to: '/products/export', search: {}, Icon: Download, permission: 'catalog:read_all' },
  ];
  return [
    ...rooms.map(({ to, name, Icon }) => ({ name: t.roomNames[name], to, search: {}, Icon })),
    ...lists.filter(({ to }) => isOpen(to)),
    ...acts.filter(({ permission }) => permissions.includes(permission)),
  ];
}

/** Those that hold all the words, whatever their case. */
export function matching(commands: readonly Command[], query: string): Command[] {
  const words = query.normalize('NFKC').toLowerCase().split(/\s+/).filter(Boolean);
  return commands.filter(({ name }) => words.every((word) => name.toLowerCase().includes(word)));
}
