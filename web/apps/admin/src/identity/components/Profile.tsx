import { Card } from '@sharestack/console/Card.tsx';
import { Facts } from '@sharestack/console/Facts.tsx';
import { Mark } from '@sharestack/console/Mark.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Moment } from '@sharestack/ui/Moment.tsx';
import type { Person } from '../queries.ts';
import { texts } from '../texts.ts';

/** What is known of the account. */
export function Profile({ person }: { person: Person }) {
  const t = useTexts(texts);
  const moment = (instant: string | null) => (instant ? <Moment instant={instant} precision="day" /> : t.notGiven);
  return (
    <Card
      title={t.profile}
      aside={<Mark tone={person.is_active ? 'good' : 'bad'}>{person.is_active ? t.active : t.inactive}</Mark>}
    >
      <Facts
        facts={[
          [t.name, <bdi key="name">{person.full_name}</bdi>],
          [t.email, <bdi key="email">{person.email}</bdi>],
          [t.verified, moment(person.email_verified_at)],
          [t.role, person.roles.map((role) => t.roles[role]).join(', ')],
          [t.language, person.language],
          [t.marketing, moment(person.marketing_consent_at)],
          [t.since, moment(person.created_at)],
          [t.id, <code key="id">{person.id}</code>],
        ]}
      />
    </Card>
  );
}
