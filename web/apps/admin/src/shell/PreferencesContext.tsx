import type { Locale } from '@sharestack/i18n/locale.tsx';
import { createContext, useContext } from 'react';
import type { Density } from './preferences.ts';

export interface Preferences {
  locale: Locale;
  onLocale: (locale: Locale) => void;
  density: Density;
  onDensity: (density: Density) => void;
}

export const PreferencesContext = createContext<Preferences | null>(null);

export function usePreferences(): Preferences {
  const preferences = useContext(PreferencesContext);
  if (!preferences) throw new Error('usePreferences needs a PreferencesContext');
  return preferences;
}
