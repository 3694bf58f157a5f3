import type { ApiProblem } from '@sharestack/api/problem.ts';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Button, buttonClass } from '@sharestack/ui/Button.tsx';
import { Link } from '@tanstack/react-router';
import type { Cart } from '../../queries.ts';
import { closingTexts } from '../closingTexts.ts';
import { Trouble } from './Trouble.tsx';

export interface Shortage {
  variant_id: string;
  wanted: number;
  /** Told where few are left. */
  available: number | null;
}

interface Props {
  problem: ApiProblem;
  cart: Cart;
  isBusy: boolean;
  onTake: (shortages: readonly Shortage[]) => void;
}

/** There is less than the cart wants, or than may be reserved at once. */
export function Shortages({ problem, cart, isBusy, onTake }: Props) {
  const t = useTexts(closingTexts);
  const isShare = problem.code === 'reservation_share_exceeded';
  const shortages = (isShare ? problem.said.items : problem.said.shortages) as Shortage[];
  const nameOf = (variantId: string) => cart.items.find(({ variant_id }) => variant_id === variantId)?.name ?? '';
  return (
    <Trouble title={isShare ? t.shareTitle : t.changedTitle}>
      <ul className="space-y-1">
        {shortages.map(({ variant_id, wanted, available }) => (
          <li key={variant_id}>
            <bdi className="line-clamp-2 font-medium break-words">{nameOf(variant_id)}</bdi>
            {available === null ? t.tooFewUnknown(wanted) : t.tooFew(wanted, available)}
          </li>
        ))}
      </ul>
      <div className="mt-4 flex flex-wrap gap-3">
        {shortages.every(({ available }) => available !== null) && (
          <Button busy={isBusy} onClick={() => onTake(shortages)}>
            {t.takeWhatThereIs}
          </Button>
        )}
        <Link to="/cart" className={buttonClass('secondary')}>
          {t.backToCart}
        </Link>
      </div>
    </Trouble>
  );
}
