import { useLocale, useTexts } from '@sharestack/i18n/locale.tsx';
import { Button, buttonClass } from '@sharestack/ui/Button.tsx';
import { TextField } from '@sharestack/ui/TextField.tsx';
import { Link, useNavigate } from '@tanstack/react-router';
import { likelyCountry } from '../../addressFields.ts';
import { AddressForm } from '../../components/AddressForm.tsx';
import { bookTexts } from '../bookTexts.ts';
import type { SavedAddress } from '../queries.ts';
import { addressTexts } from '../texts.ts';
import { useAddressEditor } from '../useAddressEditor.ts';
import { CompareAddresses } from './CompareAddresses.tsx';
import { ProblemNote } from './ProblemNote.tsx';

interface Props {
  entry: SavedAddress | null;
  /** Nothing is saved yet: this one is probably meant for everything. */
  isFirst?: boolean;
}

export function AddressEditor({ entry, isFirst = false }: Props) {
  const t = useTexts(addressTexts);
  const own = useTexts(bookTexts);
  const locale = useLocale();
  const navigate = useNavigate();
  const toList = () => void navigate({ to: '/account/addresses' });
  const { form, submit, save, problems, conflict, closeConflict, keepMine } = useAddressEditor(entry, () => {
    void navigate({ to: '/account/addresses', state: { isAddressSaved: true } });
  });
  return (
    <>
      <form ref={form} onSubmit={submit} method="post" noValidate className="mt-6 max-w-xl space-y-6">
        <AddressForm kind="saved" country={likelyCountry(locale)} address={entry?.address} problems={problems} />
        <TextField
          label={t.optional(own.label)}
          name="label"
          hint={own.labelHint}
          autoComplete="off"
          dir="auto"
          maxLength={60}
          defaultValue={entry?.label ?? ''}
        />
        <div>
          <Choice
            name="is_default_shipping"
            isOn={entry?.is_default_shipping ?? isFirst}
            text={own.makeDefaultShipping}
          />
          <Choice name="is_default_billing" isOn={entry?.is_default_billing ?? isFirst} text={own.makeDefaultBilling} />
        </div>
        <ProblemNote error={save.error} />
        <div className="flex flex-wrap gap-3">
          <Button type="submit" busy={save.isPending}>
            {save.isPending ? own.saving : own.save}
          </Button>
          <Link to="/account/addresses" className={buttonClass('secondary')}>
            {own.cancel}
          </Link>
        </div>
      </form>
      {conflict && (
        <CompareAddresses
          {...conflict}
          busy={save.isPending}
          onMine={keepMine}
          onTheirs={toList}
          onClose={closeConflict}
        />
      )}
    </>
  );
}

function Choice({ name, isOn, text }: { name: string; isOn: boolean; text: string }) {
  return (
    <label className="flex min-h-11 items-center gap-3">
      <input type="checkbox" name={name} defaultChecked={isOn} className="size-4.5 shrink-0 accent-brand" />
      {text}
    </label>
  );
}
