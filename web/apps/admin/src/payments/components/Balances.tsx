import { useApi } from '@sharestack/api/context.tsx';
import { Card } from '@sharestack/console/Card.tsx';
import { Loaded } from '@sharestack/console/Loaded.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Money } from '@sharestack/ui/Money.tsx';
import { useQuery } from '@tanstack/react-query';
import { balancesQuery } from '../queries.ts';
import { texts } from '../texts.ts';

/** What each account holds, by currency. */
export function Balances() {
  const t = useTexts(texts);
  const query = useQuery(balancesQuery(useApi()));
  return (
    <Card title={t.balances}>
      <p className="mb-3 text-sm text-muted">{t.balancesHint}</p>
      <Loaded query={query} size="h-24">
        {(balances) => (
          <dl className="grid grid-cols-2 gap-x-5 gap-y-3 sm:grid-cols-3 lg:grid-cols-5">
            {balances.map(({ account, currency, amount }) => (
              <div key={`${account} ${currency}`}>
                <dt className="text-sm text-muted">{t.accounts[account] ?? account}</dt>
                <dd className="tabular-nums">
                  <Money amount={amount} currency={currency} />
                </dd>
              </div>
            ))}
          </dl>
        )}
      </Loaded>
    </Card>
  );
}
