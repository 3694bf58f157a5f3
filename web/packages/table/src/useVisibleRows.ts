import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useEffect, useRef, useState } from 'react';

const OVERSCAN = 12;

interface Options {
  firstIndex: number;
  count: number;
  rowHeight: number;
  onEarlier: () => void;
}

/** The rows that the window shows and some around them; the page scrolls, there is no box in a box. */
export function useVisibleRows({ firstIndex, count, rowHeight, onEarlier }: Options) {
  const place = useRef<HTMLElement>(null);
  const [margin, setMargin] = useState(0);
  useEffect(() => {
    const element = place.current;
    if (element) setMargin(element.getBoundingClientRect().top + window.scrollY);
  }, []);
  const virtualizer = useWindowVirtualizer({
    count: firstIndex + count,
    estimateSize: () => rowHeight,
    overscan: OVERSCAN,
    scrollMargin: margin,
    measureElement: (element) => element.getBoundingClientRect().height || rowHeight,
  });
  const items = virtualizer.getVirtualItems();
  const isEarlierSeen = (items[0]?.index ?? 0) < firstIndex;
  useEffect(() => {
    if (isEarlierSeen) onEarlier();
  }, [isEarlierSeen, onEarlier]);
  const held = items.filter(({ index }) => index >= firstIndex);
  return {
    place: place as RefObject<never>,
    measure: virtualizer.measureElement,
    items: held.map(({ index }) => index),
    before: Math.max(0, (held[0]?.start ?? margin) - margin),
    after: Math.max(0, virtualizer.getTotalSize() - ((held.at(-1)?.end ?? margin) - margin)),
  };
}
