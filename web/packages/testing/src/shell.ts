/** Stands for the built documents in tests of the render function. */
const html = (lang: string) => `<!doctype html>
<html lang="${lang}">
  <head>
    <title>ShareStack</title>
    <!--head-->
  </head>
  <body>
    <div id="app"><!--app--></div>
  </body>
</html>`;

const chunks = (language: string) => ({ 'src/catalog/pages/HomePage.tsx': [`assets/HomePage-${language}.js`] });

export const shells = {
  'zh-CN': { html: html('zh-CN'), chunks: chunks('zh') },
  en: { html: html('en'), chunks: chunks('en') },
};
