export const zh = {
  downloads: '下载',
  download: '下载',
  downloadOf: (name: string) => `下载 ${name}`,
  downloadsLeft: (count: number) => `还可以下载 ${count} 次`,
  downloadStarted: '下载开始了。链接五分钟内有效，请不要转发。',
  noDownloadsLeft: '下载次数用完了。需要再下载，请写信给我们。',
};
