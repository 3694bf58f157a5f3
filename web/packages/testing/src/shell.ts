/** Stands for the built `index.html` in tests of the render function. */
export const html = `<!doctype html>
<html lang="zh-CN">
  <head>
    <title>ShareStack</title>
    <!--head-->
  </head>
  <body>
    <div id="app"><!--app--></div>
  </body>
</html>`;

export const chunks: Record<string, string[]> = { 'src/catalog/pages/HomePage.tsx': ['assets/HomePage-1.js'] };
