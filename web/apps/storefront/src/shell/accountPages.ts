import {
  ArrowLeftRight,
  Ban,
  Bookmark,
  CreditCard,
  FilePen,
  Heart,
  LockKeyhole,
  type LucideIcon,
  MapPin,
  Package,
  Receipt,
  Scale,
  ShieldCheck,
  Star,
  Undo2,
  UserRound,
  UserRoundPlus,
} from 'lucide-react';

export interface AccountPage {
  to: string;
  name: keyof typeof import('./accountMessages.zh.ts').zh.pages;
  icon: LucideIcon;
}

/** Pages of the account, in the groups of its navigation. */
export const ACCOUNT_PAGES: readonly (readonly AccountPage[])[] = [
  [
    { to: '/account/orders', name: 'orders', icon: Package },
    { to: '/account/returns', name: 'returns', icon: Undo2 },
    { to: '/account/payments', name: 'payments', icon: Receipt },
    { to: '/account/payment-methods', name: 'paymentMethods', icon: CreditCard },
    { to: '/account/addresses', name: 'addresses', icon: MapPin },
  ],
  [
    { to: '/account/wishlist', name: 'wishlist', icon: Heart },
    { to: '/account/reviews', name: 'reviews', icon: Star },
    { to: '/account/drafts', name: 'drafts', icon: FilePen },
    { to: '/account/bookmarks', name: 'bookmarks', icon: Bookmark },
    { to: '/account/requests', name: 'requests', icon: UserRoundPlus },
    { to: '/account/blocks', name: 'blocks', icon: Ban },
  ],
  [
    { to: '/account/profile', name: 'profile', icon: UserRound },
    { to: '/account/security', name: 'security', icon: ShieldCheck },
    { to: '/account/privacy', name: 'privacy', icon: LockKeyhole },
    { to: '/account/import', name: 'import', icon: ArrowLeftRight },
    { to: '/account/moderation', name: 'moderation', icon: Scale },
  ],
];
