/** Browsers that name others besides themselves come before those. */
const BROWSERS: readonly [string, RegExp][] = [
  ['WeChat', /MicroMessenger\//],
  ['Edge', /Edg(e|A|iOS)?\//],
  ['Opera', /OPR\/|Opera\//],
  ['Samsung Internet', /SamsungBrowser\//],
  ['Firefox', /Firefox\/|FxiOS\//],
  ['Chrome', /Chrome\/|CriOS\//],
  ['Safari', /Version\/.*Safari\//],
];

const SYSTEMS: readonly [string, RegExp][] = [
  ['iPhone', /iPhone/],
  ['iPad', /iPad/],
  ['HarmonyOS', /HarmonyOS|OpenHarmony/],
  ['Android', /Android/],
  ['Windows', /Windows/],
  ['macOS', /Macintosh|Mac OS X/],
  ['ChromeOS', /CrOS/],
  ['Linux', /Linux/],
];

export interface Device {
  browser: string | null;
  system: string;
  isPhone: boolean;
}

/** What a browser calls itself, as far as it is worth telling one's own devices apart. */
export function deviceOf(userAgent: string): Device {
  const nameIn = (names: readonly [string, RegExp][]) => names.find(([, sign]) => sign.test(userAgent))?.[0];
  return {
    browser: nameIn(BROWSERS) ?? null,
    system: nameIn(SYSTEMS) ?? '',
    isPhone: /iPhone|Android.*Mobile|Mobile.*Firefox/.test(userAgent),
  };
}
