const inks = {
  surface: '--surface',
  sunken: '--surface-sunken',
  line: '--line',
  lineStrong: '--line-strong',
  text: '--text',
  textQuiet: '--text-quiet',
  textFaint: '--text-faint',
  accent: '--accent',
  accentSoft: '--accent-soft',
  accentText: '--accent-text',
  dueSoon: '--due-soon',
  dueSoonSoft: '--due-soon-soft',
  overdue: '--overdue',
  overdueSoft: '--overdue-soft',
  track: '--ring-track',
  focus: '--focus',
} as const;

export type Ink = keyof typeof inks;

/** The colours and the face that the time line is drawn with, as they count now. */
export type Palette = Readonly<Record<Ink | 'face', string>>;

/** In forced colours everything is told by shape: drawn in the system's own text colour on its own surface. */
const forced: Readonly<Record<Ink, string>> = {
  surface: 'Canvas',
  sunken: 'Canvas',
  line: 'GrayText',
  lineStrong: 'CanvasText',
  text: 'CanvasText',
  textQuiet: 'CanvasText',
  textFaint: 'CanvasText',
  accent: 'CanvasText',
  accentSoft: 'Canvas',
  accentText: 'CanvasText',
  dueSoon: 'CanvasText',
  dueSoonSoft: 'Canvas',
  overdue: 'CanvasText',
  overdueSoft: 'Canvas',
  track: 'GrayText',
  focus: 'Highlight',
};

const forcedColors = '(forced-colors: active)';

/**
 * Reads the tokens. A token that differs between light and dark is only known once it is a colour of an element, so each
 * is put on `probe` in turn, which is not seen.
 */
export function readPalette(probe: HTMLElement): Palette {
  const isForced = matchMedia(forcedColors).matches;
  const colourOf = (name: string, token: string) => {
    probe.style.color = isForced ? forced[name as Ink] : `var(${token})`;
    return getComputedStyle(probe).color;
  };
  const colours = Object.fromEntries(
    Object.entries(inks).map(([name, token]) => [name, colourOf(name, token)]),
  );
  return { ...(colours as Record<Ink, string>), face: getComputedStyle(probe).fontFamily };
}

/** Calls `onChange` whenever the colours may be others: the system's scheme, the app's own choice, forced colours. */
export function watchPalette(onChange: () => void): () => void {
  const queries = ['(prefers-color-scheme: dark)', '(prefers-contrast: more)', forcedColors].map((query) =>
    matchMedia(query),
  );
  for (const query of queries) query.addEventListener('change', onChange);
  const observer = new MutationObserver(onChange);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-appearance'] });
  return () => {
    for (const query of queries) query.removeEventListener('change', onChange);
    observer.disconnect();
  };
}
