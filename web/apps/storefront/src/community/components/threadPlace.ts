import type { Post } from '../queries.ts';

/** What comments have to know of the post that they are about. */
export interface ThreadPlace {
  /** The comment that its author took as the answer. */
  acceptedId: string | null;
  /** The group, where the reader may take one as the answer there, and where they may remove some. */
  acceptsIn: string | null;
  moderatedIn: string | null;
}

export const threadPlaceOf = ({ group, viewer }: Post): ThreadPlace => ({
  acceptedId: group?.accepted_comment_id ?? null,
  acceptsIn: (viewer?.can_accept_answer && group?.slug) || null,
  moderatedIn: (viewer?.can_moderate && group?.slug) || null,
});
