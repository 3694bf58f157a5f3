import type { Api } from '@sharestack/api/client.ts';
import { Polling } from '@sharestack/realtime/polling.ts';
import { feedPlaces } from '../community/queries.ts';
import { FEED_TABS } from '../community/search.ts';

/** What pages of the community hear of: new posts in feeds. */
export class CommunityPolling extends Polling {
  constructor(api: Api) {
    super({
      look: async (topic) => {
        const tab = FEED_TABS.find((one) => topic === `feed:${one}`);
        return tab ? { [tab]: await feedPlaces(api, tab) } : {};
      },
    });
  }
}
