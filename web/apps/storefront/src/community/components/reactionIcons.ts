import { Eye, Frown, Heart, Laugh, type LucideIcon, Rocket, ThumbsUp } from 'lucide-react';
import type { Reaction } from '../queries.ts';

/** In the API's order, which is that of every list of counts. */
export const REACTIONS: readonly Reaction[] = ['like', 'love', 'laugh', 'rocket', 'eyes', 'sad'];

export const REACTION_ICONS: Record<Reaction, LucideIcon> = {
  like: ThumbsUp,
  love: Heart,
  laugh: Laugh,
  rocket: Rocket,
  eyes: Eye,
  sad: Frown,
};
