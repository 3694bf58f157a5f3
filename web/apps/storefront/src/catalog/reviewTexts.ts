import { plural } from '@sharestack/i18n/plural.ts';

/** The words of the form for reviews, which come with it. */
const zh = {
  yourRating: '你的评分',
  starsGiven: (stars: number) => `${stars} 星`,
  reviewTitle: '标题',
  reviewBody: '用起来怎么样？',
  sendReview: '发布评价',
  reviewIncomplete: '请选择评分，并写下标题和内容。',
  reviewThanks: '谢谢，你的评价已经收到。',
  reviewFailed: '没能发布，请再试一次；写下的内容还在。',
  reviewProblems: {
    already_reviewed: '你已经评价过这件商品。',
    offline: '网络断开了，没能发布。连上之后再试一次；写下的内容还在。',
    rate_limited: '操作太频繁了，请稍等片刻。',
    validation_failed: '有些内容不能这样写，请检查。',
  } as Record<string, string>,
};

const en: typeof zh = {
  yourRating: 'Your rating',
  starsGiven: (stars) => plural(stars, 'star', 'stars'),
  reviewTitle: 'Title',
  reviewBody: 'How is it in use?',
  sendReview: 'Publish',
  reviewIncomplete: 'Please choose a rating, and write a title and a text.',
  reviewThanks: 'Thank you, your review has arrived.',
  reviewFailed: 'It was not published. Please try again; what you wrote is still here.',
  reviewProblems: {
    already_reviewed: 'You have reviewed this product already.',
    offline:
      'The network is down and nothing was published. Try again once you are back; what you wrote is still here.',
    rate_limited: 'That was a little fast. Please wait a moment.',
    validation_failed: 'Something cannot be written like this. Please have a look.',
  },
};

export const reviewTexts = { 'zh-CN': zh, en };
