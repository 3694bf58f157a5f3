import { useApi } from '@sharestack/api/context.tsx';
import { Loaded } from '@sharestack/console/Loaded.tsx';
import { NotesCard } from '@sharestack/console/NotesCard.tsx';
import { RoomHead } from '@sharestack/console/RoomHead.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Can } from '@sharestack/session/context.tsx';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { AccessForm } from '../components/AccessForm.tsx';
import { Changes } from '../components/Changes.tsx';
import { Profile } from '../components/Profile.tsx';
import { Sessions } from '../components/Sessions.tsx';
import { deleteNote, notesQuery, personQuery, writeNote } from '../queries.ts';
import { texts } from '../texts.ts';

/** One person: who they are, what they may do, where they are signed in, what staff know; and what others know (`children`). */
export function PersonPage({ children }: { children?: ReactNode }) {
  const t = useTexts(texts);
  const { id } = useParams({ from: '/customers/$id' });
  const api = useApi();
  const query = useQuery(personQuery(api, id));
  return (
    <div className="space-y-5">
      <RoomHead
        title={query.data?.full_name || query.data?.email || t.profile}
        back={{ to: '/customers', label: t.customers }}
      />
      <Loaded query={query} size="h-96">
        {(person) => (
          <div className="grid grid-cols-1 items-start gap-5 lg:grid-cols-[minmax(0,2fr)_minmax(18rem,1fr)]">
            <div className="space-y-5">
              <Profile person={person} />
              {children}
              <NotesCard
                notes={notesQuery(api, id)}
                permission="users:write"
                write={(body, key) => writeNote(api, id, body, key)}
                remove={(noteId) => deleteNote(api, id, noteId)}
              />
            </div>
            <div className="space-y-5">
              <Can permission="users:write">
                <AccessForm key={person.version} person={person} />
              </Can>
              <Sessions userId={id} />
              <Changes person={person} />
            </div>
          </div>
        )}
      </Loaded>
    </div>
  );
}
