export const zh = {
  setFlair: '选标签',
  moderate: '在小组里处理',
  removeComment: '从小组移除评论',
  acceptAnswer: '采纳为回答',
  pinOnPage: '置顶到我的主页',
  unpinFromPage: '取消主页置顶',
  pinnedOnPage: '已置顶到你的主页。',
  unpinnedFromPage: '已取消主页置顶。',
  editPost: '编辑',
  editComment: '编辑评论',
};
