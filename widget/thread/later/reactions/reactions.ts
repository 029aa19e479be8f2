/** What readers do besides reading and writing: `Reactions` in the model says what is used of it. */
export { default as css } from '../../view/fresh.css?inline'

export { toggleLike } from './likes.ts'
export { Missing, noteMissing } from './Missing.tsx'
export { fetchNews, News } from './News.tsx'
export { loadMore, loadPrevious } from './paging.ts'
export { toggleActs } from './toggleActs.ts'
