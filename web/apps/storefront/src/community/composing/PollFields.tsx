import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Button } from '@sharestack/ui/Button.tsx';
import { TextField } from '@sharestack/ui/TextField.tsx';
import { X } from 'lucide-react';
import { Choice } from './Choice.tsx';
import { composingTexts } from './texts.ts';
import { MOST_OPTIONS, NEW_POLL, type WrittenPoll } from './written.ts';

interface Props {
  poll: WrittenPoll | null;
  onWrite: (poll: WrittenPoll | null) => void;
}

const DAYS = [1, 2, 3, 5, 7];

export function PollFields({ poll, onWrite }: Props) {
  const t = useTexts(composingTexts);
  if (!poll) {
    return (
      <Button kind="quiet" onClick={() => onWrite(NEW_POLL)}>
        {t.addPoll}
      </Button>
    );
  }
  const { options } = poll;
  return (
    <fieldset className="space-y-3 rounded-card border border-line p-4">
      <legend className="px-1 text-sm font-medium">{t.poll}</legend>
      <Options options={options} onWrite={(next) => onWrite({ ...poll, options: next })} />
      {options.length < MOST_OPTIONS && (
        <Button kind="secondary" onClick={() => onWrite({ ...poll, options: [...options, ''] })}>
          {t.addOption}
        </Button>
      )}
      <Choice
        label={t.days}
        value={String(poll.days)}
        options={DAYS.map((days): [string, string] => [String(days), t.dayCount(days)])}
        onChoose={(days) => onWrite({ ...poll, days: Number(days) })}
      />
      <label className="flex min-h-11 items-center gap-3">
        <input
          type="checkbox"
          checked={poll.hides}
          onChange={({ currentTarget }) => onWrite({ ...poll, hides: currentTarget.checked })}
          className="size-5 shrink-0 accent-brand"
        />
        {t.hides}
      </label>
      <Button kind="quiet" onClick={() => onWrite(null)}>
        {t.removePoll}
      </Button>
    </fieldset>
  );
}

function Options({ options, onWrite }: { options: readonly string[]; onWrite: (options: string[]) => void }) {
  const t = useTexts(composingTexts);
  const places = options.map((text, index) => ({ text, index, key: `option ${index}` }));
  return places.map(({ text, index, key }) => (
    <div key={key} className="flex items-end gap-2">
      <div className="grow">
        <TextField
          label={t.option(index + 1)}
          dir="auto"
          value={text}
          onChange={({ currentTarget }) =>
            onWrite(options.map((one, at) => (at === index ? currentTarget.value : one)))
          }
        />
      </div>
      {options.length > 2 && (
        <button
          type="button"
          aria-label={t.removeOption(index + 1)}
          onClick={() => onWrite(options.filter((_, at) => at !== index))}
          className="grid size-11 shrink-0 place-items-center rounded-control hover:bg-sunken"
        >
          <X className="size-4" aria-hidden="true" />
        </button>
      )}
    </div>
  ));
}
