/** What every page shows of this context; kept apart so that pages do not load the words of forms. */
const zh = {
  signIn: '登录',
  signedInAs: '已登录',
  signOut: '退出登录',
  account: '我的账户',
};

const en: typeof zh = {
  signIn: 'Sign in',
  signedInAs: 'Signed in as',
  signOut: 'Sign out',
  account: 'Your account',
};

export const linkTexts = { 'zh-CN': zh, en };
