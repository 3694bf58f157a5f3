import { useApi } from '@sharestack/api/context.tsx';
import { ListRoom } from '@sharestack/console/ListRoom.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Can } from '@sharestack/session/context.tsx';
import type { Filter } from '@sharestack/table/FilterBar.tsx';
import { useRows } from '@sharestack/table/useRows.ts';
import { Button } from '@sharestack/ui/Button.tsx';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { choices } from '../components/choices.ts';
import { RuleDialog } from '../components/RuleDialog.tsx';
import { useRuleColumns } from '../components/ruleColumns.tsx';
import { TryRules } from '../components/TryRules.tsx';
import { PAGE_SIZE, type Rule, rulesQuery } from '../queries.ts';
import { parseRulesSearch, RULE_ACTIONS } from '../search.ts';
import { texts } from '../texts.ts';

/** Rules that what people write is checked by, and a place to try them. */
export function RulesPage() {
  const t = useTexts(texts);
  const api = useApi();
  const search = useSearch({ from: '/keyword-rules' });
  const navigate = useNavigate({ from: '/keyword-rules' });
  const options = useMemo(() => rulesQuery(api, search), [api, search]);
  const [open, setOpen] = useState<Rule | 'new' | null>(null);
  const filters: Filter[] = [
    { name: 'action', label: t.action, kind: 'choice', options: choices(RULE_ACTIONS, t.ruleActions) },
    {
      name: 'active',
      label: t.status,
      kind: 'choice',
      options: choices(['true', 'false'], { true: t.active, false: t.inactive }),
    },
  ];
  return (
    <>
      <ListRoom
        name="keyword-rules"
        title={t.rules}
        lead={t.rulesLead}
        actions={
          <Can permission="keywords:write">
            <Button className="sm:min-h-10" onClick={() => setOpen('new')}>
              {t.newRule}
            </Button>
          </Can>
        }
        filters={filters}
        search={{ ...search }}
        onSearch={(values) =>
          void navigate({ to: '/keyword-rules', search: parseRulesSearch(values), resetScroll: false })
        }
        columns={useRuleColumns(setOpen)}
        keyOf={({ id }) => id}
        query={useRows(options)}
        pageSize={PAGE_SIZE}
        empty={{ none: t.noRules, noneBody: t.noRulesBody, noMatch: t.noMatch, noMatchBody: t.noMatchBody }}
      >
        <TryRules />
      </ListRoom>
      {open && <RuleDialog rule={open === 'new' ? null : open} onClose={() => setOpen(null)} />}
    </>
  );
}
