import { useApi } from '@sharestack/api/context.tsx';
import { ConfirmDialog } from '@sharestack/console/ConfirmDialog.tsx';
import { EditForm } from '@sharestack/console/EditForm.tsx';
import type { Field, Values } from '@sharestack/console/field.ts';
import { useNotify } from '@sharestack/console/Notices.tsx';
import { useAction } from '@sharestack/console/useAction.ts';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Button } from '@sharestack/ui/Button.tsx';
import { Dialog } from '@sharestack/ui/Dialog.tsx';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { changeRule, createRule, deleteRule, RULES_KEY, type Rule, ruleQuery } from '../queries.ts';
import { RULE_ACTIONS } from '../search.ts';
import { texts } from '../texts.ts';
import { choices } from './choices.ts';

const valuesOf = ({ phrase, action, language, is_active, note }: Rule): Values => ({
  phrase,
  action,
  language,
  is_active,
  note,
});

const bodyOf = (values: Values) => ({
  phrase: String(values.phrase),
  action: values.action as Rule['action'],
  language: values.language as string | null,
  is_active: values.is_active === true,
  note: String(values.note ?? ''),
});

/** Makes a rule, changes one, or deletes it. */
export function RuleDialog({ rule, onClose }: { rule: Rule | null; onClose: () => void }) {
  const t = useTexts(texts);
  const api = useApi();
  const notify = useNotify();
  const queryClient = useQueryClient();
  const [isDeleting, setDeleting] = useState(false);
  const remove = useAction({
    act: () => deleteRule(api, (rule as Rule).id),
    changes: [RULES_KEY],
    done: t.ruleDeleted,
    onDone: onClose,
    isShownHere: true,
  });
  const fields: Field[] = [
    { name: 'phrase', label: t.phrase, kind: 'text', required: true, maxLength: 200, hint: t.phraseHint, wide: true },
    { name: 'action', label: t.action, kind: 'choice', required: true, options: choices(RULE_ACTIONS, t.ruleActions) },
    { name: 'language', label: t.language, kind: 'text', maxLength: 35, hint: t.languageHint },
    { name: 'note', label: t.ruleNote, kind: 'lines', maxLength: 500, rows: 2 },
    { name: 'is_active', label: t.isActive, kind: 'check', wide: true },
  ];
  if (isDeleting) {
    return (
      <ConfirmDialog
        title={t.deleteRule}
        action={t.deleteRule}
        isDangerous
        isPending={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.run()}
        onClose={onClose}
      >
        <p>
          <bdi className="font-medium">{rule?.phrase}</bdi>
        </p>
        <p>{t.deleteRuleBody}</p>
      </ConfirmDialog>
    );
  }
  return (
    <Dialog title={rule ? t.changeRule : t.newRule} onClose={onClose}>
      <EditForm
        label={rule ? t.changeRule : t.newRule}
        fields={fields}
        initial={rule ? valuesOf(rule) : { action: 'flag', is_active: true }}
        words={t.problems}
        {...(rule ? { version: rule.version } : {})}
        send={(values, { version }) =>
          rule
            ? changeRule(api, rule.id, { ...bodyOf(values), version: version ?? rule.version })
            : createRule(api, bodyOf(values))
        }
        reload={async () => {
          const now = await queryClient.fetchQuery({ ...ruleQuery(api, (rule as Rule).id), staleTime: 0 });
          return { values: valuesOf(now), version: now.version };
        }}
        onSaved={() => {
          notify(t.ruleSaved);
          void queryClient.invalidateQueries({ queryKey: RULES_KEY });
          onClose();
        }}
        onCancel={onClose}
      />
      {rule && (
        <div className="mt-5 border-t border-line pt-3">
          <Button kind="danger" className="sm:min-h-10" onClick={() => setDeleting(true)}>
            {t.deleteRule}
          </Button>
        </div>
      )}
    </Dialog>
  );
}
