import { watchGestures } from './gestures.ts'

/** What can be done about a comment: `Acts` in the model says what is used of it. */
export { default as css } from '../../view/acts.css?inline'
export { Acts } from './Acts.tsx'
export { announceBeside } from './announceBeside.ts'
export { copyPrivateLink } from './copyPrivateLink.ts'

watchGestures()
