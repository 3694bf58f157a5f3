import { useTexts } from '@sharestack/i18n/locale.tsx';
import { useSessionState } from '@sharestack/session/context.tsx';
import { buttonClass } from '@sharestack/ui/Button.tsx';
import { PageHead } from '@sharestack/ui/PageHead.tsx';
import { getRouteApi, Link, Navigate, useRouter } from '@tanstack/react-router';
import { NoOrder } from '../components/NoOrder.tsx';
import { OrderContent } from '../components/OrderContent.tsx';
import { WriteToUs } from '../components/WriteToUs.tsx';
import { orderTexts } from '../texts.ts';

const route = getRouteApi('/orders/$id');

/** Where the links in letters lead: with a token the order of a guest, without one that of an account. */
export function GuestOrderPage() {
  const t = useTexts(orderTexts);
  const { id } = route.useParams();
  const { token } = route.useSearch();
  const { status } = useSessionState();
  if (!token && status === 'signed-in') return <Navigate to="/account/orders/$id" params={{ id }} replace />;
  return (
    <div className="page pt-8">
      <PageHead title={t.order} isIndexed={false} />
      {!token && status === 'anonymous' ? (
        <SignInFirst id={id} />
      ) : (
        <OrderContent
          access={{ id, token }}
          isReady={token !== undefined && status !== 'unknown'}
          refused={(code) => <Refused id={id} code={code} />}
          note={status === 'anonymous' && <KeepInAccount />}
        />
      )}
    </div>
  );
}

function SignInFirst({ id }: { id: string }) {
  const t = useTexts(orderTexts);
  return (
    <NoOrder title={t.anonymousTitle} body={t.anonymousBody}>
      <SignInLink id={id} />
    </NoOrder>
  );
}

function Refused({ id, code }: { id: string; code: string }) {
  const t = useTexts(orderTexts);
  const isExpired = code === 'order_link_expired';
  return (
    <NoOrder title={isExpired ? t.expiredTitle : t.unknownTitle} body={isExpired ? t.expiredBody : t.unknownBody}>
      <WriteToUs kind="primary" />
      <SignInLink id={id} />
    </NoOrder>
  );
}

/** Orders of a guest join the account that proves the same address. */
function KeepInAccount() {
  const t = useTexts(orderTexts);
  return (
    <p className="mt-12 rounded-card bg-sunken px-6 py-5 print:hidden">
      {t.keepIt}{' '}
      <Link to="/register" className="font-medium text-brand underline underline-offset-4">
        {t.register}
      </Link>
    </p>
  );
}

function SignInLink({ id }: { id: string }) {
  const t = useTexts(orderTexts);
  const router = useRouter();
  const { status } = useSessionState();
  if (status === 'signed-in') {
    return (
      <Link to="/account/orders" className={buttonClass('secondary')}>
        {t.myOrders}
      </Link>
    );
  }
  const { publicHref } = router.buildLocation({ to: '/account/orders/$id', params: { id } });
  return (
    <Link to="/sign-in" search={{ next: publicHref }} className={buttonClass('secondary')}>
      {t.signIn}
    </Link>
  );
}
