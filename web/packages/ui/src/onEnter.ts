import type { KeyboardEvent } from 'react';

/** A handler for Enter that leaves alone the Enter which ends composing (Chinese, Japanese, Korean). */
export function onEnter<T extends Element>(act: (event: KeyboardEvent<T>) => void) {
  return (event: KeyboardEvent<T>) => {
    if (event.key !== 'Enter' || isComposing(event)) return;
    act(event);
  };
}

export function isComposing(event: KeyboardEvent): boolean {
  // Safari ends composing before the key event, and marks the key by its code alone.
  return event.nativeEvent.isComposing || event.keyCode === 229;
}
