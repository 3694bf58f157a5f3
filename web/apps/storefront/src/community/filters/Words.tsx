import { useApi } from '@sharestack/api/context.tsx';
import { useGrowingList } from '@sharestack/api/growingList.ts';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Button } from '@sharestack/ui/Button.tsx';
import { EmptyState } from '@sharestack/ui/EmptyState.tsx';
import { MoreList } from '@sharestack/ui/MoreList.tsx';
import { useState } from 'react';
import { wordsQuery } from './queries.ts';
import { filtersTexts } from './texts.ts';
import { WordsForm } from './WordsForm.tsx';
import { WordsRow } from './WordsRow.tsx';

/** Words that somebody does not want to read. */
export function Words() {
  const t = useTexts(filtersTexts);
  const list = useGrowingList(wordsQuery(useApi()));
  const [isAdding, setAdding] = useState(false);
  return (
    <>
      <Button className="mb-5" onClick={() => setAdding(true)}>
        {t.addWords}
      </Button>
      <MoreList {...list} empty={<EmptyState title={t.noWords} body={t.noWordsBody} />}>
        {(filter) => <WordsRow key={filter.id} filter={filter} />}
      </MoreList>
      {isAdding && <WordsForm filter={null} onClose={() => setAdding(false)} />}
    </>
  );
}
