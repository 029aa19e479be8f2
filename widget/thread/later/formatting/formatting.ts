/** Markdown by buttons: `Formatting` in the model says what is used of it. */
export { default as css } from '../../view/formatting.css?inline'
export { Formatting, formatByKey } from './Formatting.tsx'
