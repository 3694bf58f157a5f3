import { useTexts } from '@sharestack/i18n/locale.tsx';
import { useId } from 'react';
import { editingTexts } from './texts.ts';
import type { WrittenPost } from './written.ts';

interface Props {
  written: WrittenPost;
  onWrite: (change: Partial<WrittenPost>) => void;
}

/** Who sees a post stays once it is published; what its author thinks, and who may answer, need not. */
export function MoodAndReplies({ written, onWrite }: Props) {
  const t = useTexts(editingTexts);
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <Choice
        label={t.replies}
        value={written.replies}
        names={t.replyPolicies}
        onChoose={(replies) => onWrite({ replies })}
      />
      <Choice
        label={t.sentiment}
        value={written.sentiment}
        names={t.sentiments}
        onChoose={(sentiment) => onWrite({ sentiment })}
      />
    </div>
  );
}

interface ChoiceProps<T extends string> {
  label: string;
  value: T;
  names: Record<T, string>;
  onChoose: (value: T) => void;
}

function Choice<T extends string>({ label, value, names, onChoose }: ChoiceProps<T>) {
  const id = useId();
  return (
    <div>
      <label htmlFor={id} className="mb-1.5 block text-sm font-medium">
        {label}
      </label>
      <select
        id={id}
        value={value}
        onChange={({ currentTarget }) => onChoose(currentTarget.value as T)}
        className="min-h-11 w-full rounded-control border border-control bg-surface px-3"
      >
        {Object.entries<string>(names).map(([one, name]) => (
          <option key={one} value={one}>
            {name}
          </option>
        ))}
      </select>
    </div>
  );
}
