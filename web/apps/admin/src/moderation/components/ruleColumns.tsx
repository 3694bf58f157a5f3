import { Mark } from '@sharestack/console/Mark.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { usePermissions } from '@sharestack/session/context.tsx';
import type { Column } from '@sharestack/table/column.ts';
import { useMemo } from 'react';
import type { Rule } from '../queries.ts';
import { texts } from '../texts.ts';

/** The columns of rules; the phrase opens the rule for who may change it. */
export function useRuleColumns(onOpen: (rule: Rule) => void): Column<Rule>[] {
  const t = useTexts(texts);
  const mayWrite = usePermissions().includes('keywords:write');
  return useMemo(
    () => [
      {
        id: 'phrase',
        title: t.phrase,
        isRowHeader: true,
        className: 'max-w-72 truncate',
        cell: (rule) =>
          mayWrite ? (
            <button type="button" className="min-h-6 max-w-full truncate hover:underline" onClick={() => onOpen(rule)}>
              <bdi>{rule.phrase}</bdi>
            </button>
          ) : (
            <bdi>{rule.phrase}</bdi>
          ),
        plain: ({ phrase }) => phrase,
      },
      {
        id: 'action',
        title: t.action,
        cell: ({ action, is_active }) => (
          <Mark tone={!is_active ? 'plain' : action === 'flag' ? 'warn' : 'bad'}>
            {is_active ? t.ruleActions[action] : t.inactive}
          </Mark>
        ),
        plain: ({ action, is_active }) => (is_active ? t.ruleActions[action] : t.inactive),
      },
      {
        id: 'language',
        title: t.language,
        cell: ({ language }) => language ?? '–',
        plain: ({ language }) => language ?? '',
      },
      {
        id: 'matches',
        title: t.matchCount,
        align: 'right',
        cell: ({ match_count }) => match_count,
        plain: ({ match_count }) => match_count,
      },
      {
        id: 'note',
        title: t.ruleNote,
        optional: 'shown',
        className: 'max-w-72 truncate',
        cell: ({ note }) => note,
        plain: ({ note }) => note,
      },
    ],
    [t, mayWrite, onOpen],
  );
}
