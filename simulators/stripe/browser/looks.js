// A shadow root keeps these rules from the page, and the page's from these, as Stripe's frame does. Constructed sheets
// need no <style> element, which the page's content security policy would refuse.

const RULES = `
  :host { display: block; color: var(--text); font: 16px/1.5 var(--font, system-ui); }
  * { box-sizing: border-box; }
  fieldset { border: 1px dashed var(--border); border-radius: calc(var(--radius) + 4px); margin: 0; padding: 0; min-width: 0; overflow: hidden; }
  legend { float: left; width: 100%; padding: 14px 16px 0; font-weight: 600; color: var(--warning); }
  .note { clear: both; margin: 0; padding: 2px 16px 14px; font-size: 14px; color: var(--secondary); }
  label { display: flex; align-items: center; gap: 12px; min-height: 52px; padding: 8px 16px; border-top: 1px solid var(--line); cursor: pointer; background: var(--background); }
  label:has(input:checked) { box-shadow: inset 3px 0 0 var(--primary); }
  label:has(input:focus-visible), button:focus-visible { outline: 2px solid var(--primary); outline-offset: -2px; }
  input { width: 18px; height: 18px; margin: 0; flex: none; accent-color: var(--primary); outline: none; }
  .name { font-weight: 500; white-space: nowrap; }
  .how { margin-inline-start: auto; text-align: end; font-size: 14px; color: var(--secondary); }
  .problem { margin: 0; padding: 10px 16px; font-size: 14px; color: var(--danger); border-top: 1px solid var(--line); }
  .problem:empty { display: none; }
  dialog { border: 1px solid var(--line); border-radius: calc(var(--radius) + 4px); padding: 28px 24px; max-width: min(24rem, calc(100vw - 2rem)); background: var(--background); color: var(--text); text-align: center; }
  dialog::backdrop { background: rgb(0 0 0 / 0.5); }
  h2 { margin: 0 0 8px; font-size: 20px; line-height: 1.3; }
  p { margin: 0 0 16px; }
  img { display: block; width: 200px; height: 200px; margin: 0 auto 16px; border-radius: var(--radius); background: #fff; image-rendering: pixelated; }
  button { display: block; width: 100%; min-height: 44px; margin-top: 8px; padding: 0 16px; font: inherit; font-weight: 500; cursor: pointer; color: var(--text); background: transparent; border: 1px solid var(--border); border-radius: var(--radius); }
  button.main { color: var(--background); background: var(--primary); border-color: var(--primary); }
`;

/** Names of Stripe's appearance variables, and what stands for them where the page gives none. */
const LOOKS = {
  '--primary': ['colorPrimary', '#0570de'],
  '--background': ['colorBackground', '#ffffff'],
  '--text': ['colorText', '#30313d'],
  '--secondary': ['colorTextSecondary', '#6d6e78'],
  '--danger': ['colorDanger', '#df1b41'],
  '--warning': ['colorWarning', '#814d00'],
  '--radius': ['borderRadius', '4px'],
  '--font': ['fontFamily', 'system-ui'],
};

/** @typedef {{variables?: Record<string, string>, rules?: Record<string, Record<string, string>>}} Appearance */

/** @param {HTMLElement} host */
function shadowOf(host) {
  const root = host.attachShadow({ mode: 'open' });
  if ('adoptedStyleSheets' in root) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(RULES);
    root.adoptedStyleSheets = [sheet];
  }
  return root;
}

/**
 * @param {HTMLElement} host
 * @param {Appearance} appearance
 */
function dress(host, { variables = {}, rules = {} }) {
  for (const [property, [name, otherwise]] of Object.entries(LOOKS)) {
    host.style.setProperty(property, variables[name ?? ''] ?? otherwise ?? '');
  }
  const colourOf = (/** @type {string} */ rule) => rules[rule]?.border?.split(' ').slice(2).join(' ');
  host.style.setProperty('--border', colourOf('.Input') ?? '#81868f');
  host.style.setProperty('--line', colourOf('.Tab') ?? '#e6e6e6');
}

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {object} properties
 * @param {(Node | string)[]} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
function node(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}
