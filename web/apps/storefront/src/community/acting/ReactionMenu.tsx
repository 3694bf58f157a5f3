import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Count } from '../components/Count.tsx';
import { ACTION } from '../components/looks.ts';
import { REACTION_ICONS, REACTIONS } from '../components/reactionIcons.ts';
import type { Reaction } from '../queries.ts';
import { texts } from '../texts.ts';
import { Menu } from './Menu.tsx';
import { actingTexts } from './texts.ts';

interface Props {
  reactions: Readonly<Record<string, number>>;
  mine: Reaction | null;
  /** A press on a reaction: one's own again takes it away. */
  onReact: (reaction: Reaction) => void;
}

/** The usual reaction at one press, the others behind it; pressing one's own again takes it away. */
export function ReactionMenu({ reactions, mine, onReact }: Props) {
  const t = useTexts(texts);
  const { chooseReaction } = useTexts(actingTexts);
  const first = mine ?? 'like';
  const Icon = REACTION_ICONS[first];
  const others = REACTIONS.filter((one) => one !== first && (reactions[one] ?? 0) > 0);
  return (
    <div className="flex items-center">
      <button
        type="button"
        aria-label={t.withCount(t.reactions[first], reactions[first] ?? 0)}
        aria-pressed={mine !== null}
        onClick={() => onReact(first)}
        className={ACTION}
      >
        <Icon className="size-5" strokeWidth={1.75} aria-hidden="true" />
        <Count value={reactions[first] ?? 0} />
      </button>
      <Menu
        label={chooseReaction}
        className={ACTION}
        face={
          others.length > 0 ? (
            <OtherCounts reactions={reactions} others={others} />
          ) : (
            <span aria-hidden="true" className="text-lg leading-none">
              +
            </span>
          )
        }
      >
        {(close) => (
          <ul className="grid grid-cols-3 sm:grid-cols-6">
            {REACTIONS.map((reaction) => (
              <li key={reaction}>
                <Choice
                  reaction={reaction}
                  count={reactions[reaction] ?? 0}
                  isMine={reaction === mine}
                  onChoose={() => {
                    onReact(reaction);
                    close();
                  }}
                />
              </li>
            ))}
          </ul>
        )}
      </Menu>
    </div>
  );
}

function OtherCounts({
  reactions,
  others,
}: {
  reactions: Readonly<Record<string, number>>;
  others: readonly Reaction[];
}) {
  const total = others.reduce((sum, one) => sum + (reactions[one] ?? 0), 0);
  return (
    <>
      {others.slice(0, 2).map((one) => {
        const Icon = REACTION_ICONS[one];
        return <Icon key={one} className="size-4" strokeWidth={1.75} aria-hidden="true" />;
      })}
      <Count value={total} />
    </>
  );
}

interface ChoiceProps {
  reaction: Reaction;
  count: number;
  isMine: boolean;
  onChoose: () => void;
}

function Choice({ reaction, count, isMine, onChoose }: ChoiceProps) {
  const t = useTexts(texts);
  const Icon = REACTION_ICONS[reaction];
  return (
    <button
      type="button"
      aria-label={t.withCount(t.reactions[reaction], count)}
      aria-pressed={isMine}
      title={t.reactions[reaction]}
      onClick={onChoose}
      className={ACTION}
    >
      <Icon className="size-5" strokeWidth={1.75} aria-hidden="true" />
      <Count value={count} />
    </button>
  );
}
