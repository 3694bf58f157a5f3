import { useTexts } from '@sharestack/i18n/locale.tsx';
import { usePermissions } from '@sharestack/session/context.tsx';
import { useNavigate } from '@tanstack/react-router';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { type Command, commandsFor, matching } from '../commands.ts';
import { texts } from '../texts.ts';

/** Goes anywhere by a few letters: the rooms of this person, and their lists. */
export function CommandPalette({ onClose }: { onClose: () => void }) {
  const t = useTexts(texts);
  const id = useId();
  const navigate = useNavigate();
  const dialog = useRef<HTMLDialogElement>(null);
  const [query, setQuery] = useState('');
  const [active, setActive] = useState(0);
  const found = matching(commandsFor(usePermissions(), t), query);
  const at = Math.min(active, found.length - 1);
  useEffect(() => {
    dialog.current?.showModal?.();
  }, []);
  const run = (command: Command | undefined) => {
    if (!command) return;
    onClose();
    void navigate({ to: command.to, search: command.search });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // While a word is composed Enter and the arrows belong to the input method.
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    if (event.key === 'ArrowDown') setActive((at + 1) % found.length);
    else if (event.key === 'ArrowUp') setActive((at - 1 + found.length) % found.length);
    else if (event.key === 'Enter') run(found[at]);
    else return;
    event.preventDefault();
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the backdrop is for pointers; the keyboard has Escape
    <dialog
      ref={dialog}
      aria-label={t.goTo}
      className="mx-auto mt-[12vh] mb-auto w-[min(36rem,92vw)] rounded-card border border-line bg-surface p-0 text-ink shadow-xl backdrop:bg-[rgb(0_0_0/0.5)]"
      onClose={onClose}
      onClick={(event) => event.target === event.currentTarget && onClose()}
    >
      <input
        autoFocus
        type="text"
        role="combobox"
        aria-label={t.goTo}
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-activedescendant={found[at] ? `${id}-${at}` : undefined}
        autoComplete="off"
        placeholder={t.goToHint}
        maxLength={100}
        className="min-h-14 w-full border-b border-line bg-transparent px-4 text-base outline-none"
        onChange={(event) => {
          setQuery(event.target.value);
          setActive(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div id={`${id}-list`} role="listbox" aria-label={t.goTo} className="max-h-80 overflow-y-auto p-2">
        {found.map((command, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the focus and its keys
          <div
            key={command.name}
            id={`${id}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === at}
            className="flex min-h-11 cursor-pointer items-center gap-3 rounded-control px-3 aria-selected:bg-brand-soft"
            onClick={() => run(command)}
            onPointerMove={() => setActive(index)}
          >
            <command.Icon className="size-4.5 text-muted" aria-hidden="true" />
            {command.name}
          </div>
        ))}
      </div>
      {found.length === 0 && (
        <p role="status" className="px-5 pb-5 text-sm text-muted">
          {t.nothingFound}
        </p>
      )}
    </dialog>
  );
}
