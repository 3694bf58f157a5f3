import { type Api, take } from '@sharestack/api/client.ts';
import { growingListQuery } from '@sharestack/api/growingList.ts';
import { PAGE } from '../../queries.ts';
import { GROUPS_KEY, type Group } from '../queries.ts';

export const groupsQuery = (api: Api) =>
  growingListQuery<Group>([...GROUPS_KEY, 'list'], (cursor) =>
    take(api.GET('/api/v1/groups', { params: { query: { limit: PAGE, cursor } } })),
  );
