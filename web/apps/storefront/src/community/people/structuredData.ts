import type { Person } from './queries.ts';

/** What search engines read (schema.org). */
export function personData(person: Person, origin: string, path: string): object {
  const { display_name, username, bio, picture, stats } = person;
  return {
    '@type': 'ProfilePage',
    dateCreated: person.created_at,
    mainEntity: {
      '@type': 'Person',
      name: display_name,
      alternateName: `@${username}`,
      identifier: person.id,
      url: origin + path,
      ...(bio ? { description: bio } : {}),
      ...(picture ? { image: new URL(picture.url, origin).href } : {}),
      interactionStatistic: {
        '@type': 'InteractionCounter',
        interactionType: 'https://schema.org/FollowAction',
        userInteractionCount: stats.followers,
      },
      agentInteractionStatistic: {
        '@type': 'InteractionCounter',
        interactionType: 'https://schema.org/WriteAction',
        userInteractionCount: stats.posts,
      },
    },
  };
}
