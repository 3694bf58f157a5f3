import { useApi } from '@sharestack/api/context.tsx';
import { Card } from '@sharestack/console/Card.tsx';
import { EditForm } from '@sharestack/console/EditForm.tsx';
import { Loaded } from '@sharestack/console/Loaded.tsx';
import { useNotify } from '@sharestack/console/Notices.tsx';
import { RoomHead } from '@sharestack/console/RoomHead.tsx';
import { LOCALE_NAMES, type Locale, pathIn, useTexts } from '@sharestack/i18n/locale.tsx';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { type LegalText, legalTextQuery, replaceLegalText, SITE_KEY } from '../queries.ts';
import { texts } from '../texts.ts';

/** A legal page in one language: its Markdown, and what its readers see. */
export function LegalTextPage() {
  const t = useTexts(texts);
  const { name, language } = useParams({ from: '/settings/legal/$name/$language' });
  const query = useQuery(legalTextQuery(useApi(), name, language));
  const page = t.pageNames[name] ?? name;
  const locale = LOCALE_NAMES[language as Locale];
  return (
    <div className="space-y-5">
      <RoomHead title={t.textOf(page, locale ?? language)} back={{ to: '/settings', label: t.title }}>
        {locale && (
          <a
            href={pathIn(language as Locale, `/legal/${name}`)}
            className="inline-flex min-h-11 items-center text-sm underline underline-offset-4 sm:min-h-8"
          >
            {t.onPage}
          </a>
        )}
      </RoomHead>
      <Loaded query={query}>
        {(text) => (
          <>
            <Card title={t.markdown}>
              <TextForm key={`${name} ${language}`} text={text} />
            </Card>
            <Card title={t.preview}>
              <p className="mb-4 text-sm text-muted">{t.previewHint}</p>
              <article lang={language} className="max-w-prose">
                <h3 className="font-display text-2xl">{text.title}</h3>
                <div
                  className="prose mt-4"
                  // The API makes it from Markdown: without HTML of its own, and with harmless links alone
                  dangerouslySetInnerHTML={{ __html: text.html }}
                />
              </article>
            </Card>
          </>
        )}
      </Loaded>
    </div>
  );
}

const storedOf = ({ markdown, version }: LegalText) => ({ values: { markdown }, version });

function TextForm({ text }: { text: LegalText }) {
  const t = useTexts(texts);
  const api = useApi();
  const queryClient = useQueryClient();
  const notify = useNotify();
  const query = legalTextQuery(api, text.name, text.language);
  return (
    <EditForm
      label={t.markdown}
      fields={[{ name: 'markdown', label: t.markdown, kind: 'lines', required: true, rows: 20, hint: t.markdownHint }]}
      initial={{ markdown: text.markdown }}
      version={text.version}
      send={({ markdown }, { version = text.version }) => replaceLegalText(api, text, String(markdown), version)}
      reload={async () => storedOf(await queryClient.fetchQuery(query))}
      storedOf={storedOf}
      onSaved={(saved) => {
        queryClient.setQueryData(query.queryKey, saved);
        void queryClient.invalidateQueries({ queryKey: SITE_KEY });
        notify(t.textSaved);
      }}
    />
  );
}
