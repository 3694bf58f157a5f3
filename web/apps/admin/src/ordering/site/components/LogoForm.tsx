import { usePictures } from '@sharestack/api/usePictures.ts';
import { EditForm } from '@sharestack/console/EditForm.tsx';
import { useNotify } from '@sharestack/console/Notices.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { type FormEvent, useState } from 'react';
import type { SiteSettings } from '../queries.ts';
import { texts } from '../texts.ts';
import { useSettings } from '../useSettings.ts';
import { LogoField } from './LogoField.tsx';

/** The logo is sent as soon as it is chosen, and shown to customers once it is saved. */
export function LogoForm({ site }: { site: SiteSettings }) {
  const t = useTexts(texts);
  const notify = useNotify();
  const settings = useSettings(site);
  const [isRefused, setRefused] = useState(false);
  const before = site.logo && site.logo_id ? [{ media_id: site.logo_id, url: site.logo.url }] : [];
  const logo = usePictures({ purpose: 'site', most: 1, before });
  return (
    // A picture that is on its way is not saved without it.
    <div onSubmitCapture={(event) => refuse(event, logo.isBusy, setRefused)}>
      <EditForm
        label={t.logo}
        action={t.saveLogo}
        fields={[]}
        version={site.version}
        send={(_, { version }) => settings.send({ logo_id: logo.ids[0] ?? null }, version)}
        reload={async () => ({ values: {}, version: (await settings.reload()).version })}
        storedOf={({ version }) => ({ values: {}, version })}
        onSaved={(saved) => {
          settings.onSaved(saved);
          notify(t.logoSaved);
        }}
      >
        <LogoField {...logo} />
        <p role="alert" className="text-sm text-danger empty:hidden">
          {isRefused && logo.isBusy ? t.logoBusy : null}
        </p>
      </EditForm>
    </div>
  );
}

function refuse(event: FormEvent, isBusy: boolean, setRefused: (refused: boolean) => void) {
  setRefused(isBusy);
  if (!isBusy) return;
  event.preventDefault();
  event.stopPropagation();
}
