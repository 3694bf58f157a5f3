import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Bookmark, X } from 'lucide-react';
import { type FormEvent, useRef } from 'react';
import { useSavedViews } from './savedViews.ts';
import { texts } from './texts.ts';

interface Props {
  list: string;
  search: Readonly<Record<string, string | undefined>>;
  onOpen: (search: Record<string, string>) => void;
}

const CONTROL = 'min-h-11 rounded-control border border-control bg-surface px-3 text-sm sm:min-h-9';

/** Filters that were saved by name, and a name for those of now. */
export function SavedViews({ list, search, onOpen }: Props) {
  const t = useTexts(texts);
  const { views, save, remove } = useSavedViews(list);
  const menu = useRef<HTMLDetailsElement>(null);
  const given = Object.fromEntries(Object.entries(search).flatMap(([name, value]) => (value ? [[name, value]] : [])));
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const name = String(new FormData(event.currentTarget).get('view') ?? '').trim();
    if (name) save({ name, search: given });
    event.currentTarget.reset();
  };
  return (
    <details ref={menu} className="relative">
      <summary className={`${CONTROL} inline-flex items-center gap-2 border-line`}>
        <Bookmark className="size-4" aria-hidden="true" />
        {t.views}
      </summary>
      <div className="absolute left-0 z-20 mt-1 w-72 max-w-[calc(100vw-2rem)] space-y-2 rounded-card border border-line bg-surface p-3 text-sm shadow-lg sm:right-0 sm:left-auto">
        {views.length === 0 ? (
          <p className="text-muted">{t.noViews}</p>
        ) : (
          <ul aria-label={t.savedViews}>
            {views.map((view) => (
              <li key={view.name} className="flex items-center">
                <button
                  type="button"
                  className="min-h-11 min-w-0 grow truncate rounded-control px-2 text-left hover:bg-sunken sm:min-h-9"
                  onClick={() => {
                    menu.current?.removeAttribute('open');
                    onOpen(view.search);
                  }}
                >
                  {view.name}
                </button>
                <button
                  type="button"
                  aria-label={t.deleteView(view.name)}
                  className="grid size-11 place-items-center rounded-control hover:bg-sunken sm:size-9"
                  onClick={() => remove(view.name)}
                >
                  <X className="size-4" aria-hidden="true" />
                </button>
              </li>
            ))}
          </ul>
        )}
        {Object.keys(given).length > 0 && (
          <form onSubmit={submit} className="flex gap-2 border-t border-line pt-2">
            <input
              name="view"
              aria-label={t.viewName}
              placeholder={t.viewName}
              maxLength={60}
              className={`${CONTROL} min-w-0 grow`}
            />
            <button type="submit" className={`${CONTROL} font-medium`}>
              {t.saveView}
            </button>
          </form>
        )}
      </div>
    </details>
  );
}
