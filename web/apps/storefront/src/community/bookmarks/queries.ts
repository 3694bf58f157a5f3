import { type Api, type Schemas, take } from '@sharestack/api/client.ts';
import { growingListQuery } from '@sharestack/api/growingList.ts';
import { queryOptions } from '@tanstack/react-query';
import { BOOKMARKS_KEY, PAGE } from '../queries.ts';

export type BookmarkedPost = Schemas['BookmarkedPost'];
export type BookmarkFolder = Schemas['BookmarkFolder'];

/** As many as one person can have: there is no second page of them. */
const MOST_FOLDERS = 100;

export const bookmarksQuery = (api: Api, folder: string | null) =>
  growingListQuery<BookmarkedPost>([...BOOKMARKS_KEY, folder], (cursor) =>
    take(api.GET('/api/v1/bookmarks', { params: { query: { folder_id: folder, limit: PAGE, cursor } } })),
  );

export const foldersQuery = (api: Api) =>
  queryOptions({
    queryKey: ['bookmark-folders'],
    queryFn: () => take(api.GET('/api/v1/bookmarks/folders', { params: { query: { limit: MOST_FOLDERS } } })),
    staleTime: 0,
  });

/** In a folder, or in none; a second time moves it. */
export const putBookmark = (api: Api, postId: string, folderId: string | null) =>
  take(
    api.PUT('/api/v1/posts/{post_id}/bookmarks', {
      params: { path: { post_id: postId } },
      body: { folder_id: folderId },
    }),
  );

export const createFolder = (api: Api, name: string) => take(api.POST('/api/v1/bookmarks/folders', { body: { name } }));

export const renameFolder = (api: Api, id: string, name: string) =>
  take(api.PATCH('/api/v1/bookmarks/folders/{folder_id}', { params: { path: { folder_id: id } }, body: { name } }));

export const deleteFolder = (api: Api, id: string) =>
  take(api.DELETE('/api/v1/bookmarks/folders/{folder_id}', { params: { path: { folder_id: id } } }));
