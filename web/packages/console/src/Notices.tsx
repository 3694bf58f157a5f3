import { useTexts } from '@sharestack/i18n/locale.tsx';
import { X } from 'lucide-react';
import { createContext, type ReactNode, useCallback, useContext, useEffect, useRef, useState } from 'react';
import { texts } from './texts.ts';

interface Notice {
  text: string;
  /** Takes back what was done; the notice stays longer then. */
  onUndo?: (() => void) | undefined;
}

type Notify = (text: string, onUndo?: () => void) => void;

const NotifyContext = createContext<Notify>(() => undefined);
const STAYS = 6_000;
const STAYS_FOR_UNDO = 12_000;

/** Says once, without taking the focus, that something was done, and offers to take it back. */
export function NoticeProvider({ children }: { children: ReactNode }) {
  const t = useTexts(texts);
  const [notice, setNotice] = useState<Notice | null>(null);
  const [isHeld, setHeld] = useState(false);
  const count = useRef(0);
  const notify = useCallback<Notify>((text, onUndo) => {
    count.current += 1;
    setNotice({ text, onUndo });
  }, []);
  const close = () => setNotice(null);
  useEffect(() => {
    if (!notice || isHeld) return;
    const timer = setTimeout(close, notice.onUndo ? STAYS_FOR_UNDO : STAYS);
    return () => clearTimeout(timer);
  }, [notice, isHeld]);
  return (
    <NotifyContext value={notify}>
      {children}
      <section aria-label={t.notices} className="fixed inset-x-4 bottom-4 z-40 flex justify-center pointer-events-none">
        <div role="status" className="empty:hidden">
          {notice && (
            // biome-ignore lint/a11y/noStaticElementInteractions: it only stays while somebody is at it
            <div
              key={count.current}
              className="pointer-events-auto flex items-center gap-2 rounded-card bg-ink py-1 pr-1 pl-4 text-sm text-paper shadow-lg"
              onPointerEnter={() => setHeld(true)}
              onPointerLeave={() => setHeld(false)}
              onFocus={() => setHeld(true)}
              onBlur={() => setHeld(false)}
            >
              <p className="py-2">{notice.text}</p>
              {notice.onUndo && (
                <button
                  type="button"
                  className="min-h-11 px-3 font-medium underline underline-offset-4"
                  onClick={() => {
                    close();
                    notice.onUndo?.();
                  }}
                >
                  {t.undo}
                </button>
              )}
              <button type="button" aria-label={t.dismiss} className="grid size-11 place-items-center" onClick={close}>
                <X className="size-4" aria-hidden="true" />
              </button>
            </div>
          )}
        </div>
      </section>
    </NotifyContext>
  );
}

/** `notify(text, undo?)`: tells of what was done. */
export const useNotify = (): Notify => useContext(NotifyContext);
