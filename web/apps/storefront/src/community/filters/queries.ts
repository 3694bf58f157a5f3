import { type Api, type Schemas, take } from '@sharestack/api/client.ts';
import { growingListQuery } from '@sharestack/api/growingList.ts';
import { PAGE } from '../queries.ts';

export type ContentFilter = Schemas['ContentFilter'];
export type WordFilter = Schemas['WordFilter'];
export type WordFilterChange = Schemas['WordFilterChange'];

export const FILTERS_KEY = ['content-filters'] as const;
export const WORDS_KEY = ['word-filters'] as const;

export const filtersQuery = (api: Api, kind: ContentFilter['kind']) =>
  growingListQuery<ContentFilter>([...FILTERS_KEY, kind], (cursor) =>
    take(api.GET('/api/v1/content-filters', { params: { query: { kind, limit: PAGE, cursor } } })),
  );

export const wordsQuery = (api: Api) =>
  growingListQuery<WordFilter>(WORDS_KEY, (cursor) =>
    take(api.GET('/api/v1/word-filters', { params: { query: { limit: PAGE, cursor } } })),
  );

export const createWords = (api: Api, words: Schemas['NewWordFilter']) =>
  take(api.POST('/api/v1/word-filters', { body: words }));

export const changeWords = (api: Api, id: string, change: WordFilterChange) =>
  take(api.PATCH('/api/v1/word-filters/{filter_id}', { params: { path: { filter_id: id } }, body: change }));

export const deleteWords = (api: Api, id: string) =>
  take(api.DELETE('/api/v1/word-filters/{filter_id}', { params: { path: { filter_id: id } } }));
