import { useApi } from '@sharestack/api/context.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Button } from '@sharestack/ui/Button.tsx';
import { useQuery } from '@tanstack/react-query';
import { lazyRouteComponent } from '@tanstack/react-router';
import { type FormEvent, Suspense } from 'react';
import type { SavedAddress } from '../../addresses/queries.ts';
import type { Cart } from '../../queries.ts';
import { estimateQuery } from '../queries.ts';
import { texts } from '../texts.ts';
import { useDetails } from '../useDetails.ts';
import { BillingFields } from './BillingFields.tsx';
import { CartSummaryCard } from './CartSummaryCard.tsx';
import { ContactFields } from './ContactFields.tsx';
import { DeliveryOptions } from './DeliveryOptions.tsx';
import { DestinationFields } from './DestinationFields.tsx';
import { Section } from './Section.tsx';

const CheckoutRefusal = lazyRouteComponent(() => import('./CheckoutRefusal.tsx'), 'CheckoutRefusal');

interface Props {
  cart: Cart;
  isOwn: boolean;
  /** The address book of who is signed in. */
  book: readonly SavedAddress[];
}

/** Contact, address and delivery, beside what they come to. */
export function DetailsForm({ cart, isOwn, book }: Props) {
  const t = useTexts(texts);
  const api = useApi();
  const details = useDetails(cart, isOwn, book);
  const { form, draft, needsShipping, savedId, change, place, submit, isRunning, problem, problems } = details;
  const estimate = useQuery(estimateQuery(api, cart, place));
  const known = place ? estimate.data : undefined;
  const rateId = known?.shipping_quotes.find(({ rate_id }) => rate_id === draft.rateId)?.rate_id ?? null;

  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    void submit();
  };
  return (
    <div className="grid grid-cols-1 gap-8 lg:grid-cols-[minmax(0,1fr)_min(24rem,40%)] lg:items-start lg:gap-14">
      <form
        ref={form}
        onSubmit={onSubmit}
        onChange={() => change()}
        noValidate
        className="order-2 space-y-9 lg:order-1"
      >
        <ContactFields email={draft.email} problem={problems.email} />
        <DestinationFields
          needsShipping={needsShipping}
          draft={draft}
          book={book}
          savedId={savedId}
          problems={problems.shipping}
          onChange={change}
        />
        {needsShipping && (
          <Section title={t.delivery}>
            <DeliveryOptions
              estimate={known}
              isLoading={estimate.isFetching && !known}
              hasFailed={estimate.isError}
              chosen={rateId}
              onChoose={(id) => change({ rateId: id })}
            />
          </Section>
        )}
        <BillingFields needsShipping={needsShipping} draft={draft} problems={problems.billing} onChange={change} />
        <div className="space-y-4">
          {problem && (
            <Suspense>
              <CheckoutRefusal problem={problem} cart={cart} onSubmit={submit} />
            </Suspense>
          )}
          <Button type="submit" busy={isRunning} className="min-h-13 w-full px-8 text-lg sm:w-auto">
            {t.toPayment}
          </Button>
          <p role="status" className="text-sm text-muted">
            {isRunning && t.checking}
          </p>
        </div>
      </form>
      <div className="order-1 lg:sticky lg:top-32 lg:order-2">
        <CartSummaryCard cart={cart} estimate={known} rateId={rateId} />
      </div>
    </div>
  );
}
