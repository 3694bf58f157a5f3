import { useApi } from '@sharestack/api/context.tsx';
import { type Site, siteQuery } from '@sharestack/api/site.ts';
import { Card } from '@sharestack/console/Card.tsx';
import { Loaded } from '@sharestack/console/Loaded.tsx';
import { RoomHead } from '@sharestack/console/RoomHead.tsx';
import { LOCALE_NAMES, type Locale, useTexts } from '@sharestack/i18n/locale.tsx';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { LogoForm } from '../components/LogoForm.tsx';
import { ShopForm } from '../components/ShopForm.tsx';
import { settingsQuery } from '../queries.ts';
import { texts } from '../texts.ts';

/** What the operator says about the shop. */
export function SettingsPage() {
  const t = useTexts(texts);
  const api = useApi();
  const settings = useQuery(settingsQuery(api));
  const site = useQuery(siteQuery(api));
  return (
    <div className="space-y-5">
      <RoomHead title={t.title} lead={t.lead} />
      <Loaded query={settings}>
        {(stored) => (
          <>
            <Card title={t.shop}>
              <ShopForm site={stored} />
            </Card>
            <Card title={t.logo}>
              <LogoForm site={stored} />
            </Card>
          </>
        )}
      </Loaded>
      <Card title={t.legal}>
        <p className="mb-3 text-sm text-muted">{t.legalLead}</p>
        <Loaded query={site}>{(told) => <LegalTexts site={told} />}</Loaded>
      </Card>
    </div>
  );
}

function LegalTexts({ site }: { site: Site }) {
  const t = useTexts(texts);
  return (
    <table className="w-full max-w-xl text-left text-sm">
      <thead>
        <tr>
          <th className="py-1 pr-3 font-medium">{t.page}</th>
          <th className="py-1 font-medium">{t.languages}</th>
        </tr>
      </thead>
      <tbody>
        {site.legal_pages.map(({ name }) => (
          <tr key={name} className="border-t border-line">
            <th className="py-2 pr-3 font-normal">{t.pageNames[name] ?? name}</th>
            <td className="py-1">
              {site.languages.map((language) => (
                <Link
                  key={language}
                  to="/settings/legal/$name/$language"
                  params={{ name, language }}
                  className="mr-4 inline-flex min-h-11 items-center underline underline-offset-4 sm:min-h-8"
                  aria-label={`${t.pageNames[name] ?? name} ${LOCALE_NAMES[language as Locale] ?? language}`}
                >
                  {LOCALE_NAMES[language as Locale] ?? language}
                </Link>
              ))}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
