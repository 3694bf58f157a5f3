import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Choice } from './Choice.tsx';
import { composingTexts } from './texts.ts';
import type { Written } from './written.ts';

interface Props {
  written: Written;
  onWrite: (change: Partial<Written>) => void;
  /** In a group its members see it, whatever else is chosen. */
  isInGroup: boolean;
}

const named = <T extends string>(names: Record<T, string>) => Object.entries(names) as [T, string][];

export function AudienceFields({ written, onWrite, isInGroup }: Props) {
  const t = useTexts(composingTexts);
  return (
    <fieldset className="grid gap-3 sm:grid-cols-3">
      <legend className="sr-only">{t.settings}</legend>
      {!isInGroup && (
        <Choice
          label={t.visibility}
          value={written.visibility}
          options={named(t.visibilities)}
          onChoose={(visibility) => onWrite({ visibility })}
        />
      )}
      <Choice
        label={t.replies}
        value={written.replies}
        options={named(t.replyPolicies)}
        onChoose={(replies) => onWrite({ replies })}
      />
      <Choice
        label={t.sentiment}
        value={written.sentiment}
        options={named(t.sentiments)}
        onChoose={(sentiment) => onWrite({ sentiment })}
      />
      {!isInGroup && written.visibility === 'followers' && (
        <p role="note" className="text-sm text-muted sm:col-span-3">
          {t.followersNote}
        </p>
      )}
    </fieldset>
  );
}
