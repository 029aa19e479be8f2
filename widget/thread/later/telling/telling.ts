/** News by mail: `Telling` in the model says what is used of it. */
export { default as css } from '../../view/telling.css?inline'
export { Telling } from './Telling.tsx'
export { addWish, wishError } from './wish.ts'
