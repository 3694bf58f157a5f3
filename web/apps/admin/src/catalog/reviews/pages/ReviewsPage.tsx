import { useApi } from '@sharestack/api/context.tsx';
import { ListRoom } from '@sharestack/console/ListRoom.tsx';
import { Mark } from '@sharestack/console/Mark.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import type { Column } from '@sharestack/table/column.ts';
import { useRows } from '@sharestack/table/useRows.ts';
import { Moment } from '@sharestack/ui/Moment.tsx';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { ReviewDialog } from '../components/ReviewDialog.tsx';
import { PAGE_SIZE, type Review, reviewsQuery } from '../queries.ts';
import { parseReviewsSearch, STATES } from '../search.ts';
import { texts } from '../texts.ts';

/** What customers wrote about products; hides what breaks the rules, and answers. */
export function ReviewsPage() {
  const t = useTexts(texts);
  const api = useApi();
  const search = useSearch({ from: '/reviews' });
  const navigate = useNavigate({ from: '/reviews' });
  const options = useMemo(() => reviewsQuery(api, search), [api, search]);
  // As it was answered last: a review that was hidden is not among the published ones any more.
  const [open, setOpen] = useState<Review | null>(null);
  const columns = useMemo(() => columnsOf(t, setOpen), [t]);
  return (
    <>
      <ListRoom
        name="reviews"
        title={t.title}
        lead={t.lead}
        filters={[
          {
            name: 'status',
            label: t.status,
            kind: 'choice',
            options: STATES.map((value) => ({ value, label: t.states[value] })),
          },
        ]}
        search={{ ...search }}
        onSearch={(values) => void navigate({ to: '/reviews', search: parseReviewsSearch(values), resetScroll: false })}
        chosen={{ customer: t.author }}
        columns={columns}
        keyOf={({ id }) => id}
        query={useRows(options)}
        pageSize={PAGE_SIZE}
        empty={t}
      />
      {open && <ReviewDialog key={open.version} review={open} onChanged={setOpen} onClose={() => setOpen(null)} />}
    </>
  );
}

function columnsOf(t: (typeof texts)['en'], onOpen: (review: Review) => void): Column<Review>[] {
  return [
    {
      id: 'review',
      title: t.review,
      isRowHeader: true,
      className: 'max-w-96',
      cell: (review) => (
        <button
          type="button"
          className="block min-h-6 w-full truncate text-left hover:underline"
          onClick={() => onOpen(review)}
        >
          <bdi>{review.title || review.body}</bdi>
        </button>
      ),
      plain: ({ title, body }) => [title, body].filter(Boolean).join('\n'),
    },
    {
      id: 'product',
      title: t.product,
      className: 'max-w-56 truncate',
      cell: ({ product_name }) => <bdi>{product_name}</bdi>,
      plain: ({ product_name }) => product_name,
    },
    { id: 'rating', title: t.rating, cell: ({ rating }) => t.stars(rating), plain: ({ rating }) => rating },
    {
      id: 'author',
      title: t.author,
      optional: 'shown',
      className: 'max-w-40 truncate',
      cell: ({ author }) => <bdi>{author}</bdi>,
      plain: ({ author }) => author,
    },
    {
      id: 'when',
      title: t.when,
      optional: 'shown',
      className: 'whitespace-nowrap',
      cell: ({ created_at }) => <Moment instant={created_at} precision="day" />,
      plain: ({ created_at }) => created_at,
    },
    {
      id: 'status',
      title: t.status,
      cell: ({ status, held_reason, reply }) => (
        <span className="inline-flex gap-1.5">
          <Mark tone={status === 'published' ? 'good' : held_reason ? 'warn' : 'bad'}>
            {held_reason ? t.held : t.states[status]}
          </Mark>
          {reply && <Mark tone="info">{t.answered}</Mark>}
        </span>
      ),
      plain: ({ status }) => t.states[status],
    },
  ];
}
