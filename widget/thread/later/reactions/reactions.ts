import { notePlaces } from './readerPlace.ts'

/** What readers do besides reading and writing: `Reactions` in the model says what is used of it. */

export { toggleLike } from './likes.ts'
export { Missing, noteMissing } from './Missing.tsx'
export { fetchNews, News } from './News.tsx'
export { loadMore, loadPrevious } from './paging.ts'
export { returnToPlace } from './readerPlace.ts'
export { toggleActs } from './toggleActs.ts'

notePlaces()
