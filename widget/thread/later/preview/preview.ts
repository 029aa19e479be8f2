/** What a text will look like: `MarkdownPreview` in the model says what is used of it. */
export { default as css } from '../../view/preview.css?inline'
export { Preview } from './Preview.tsx'
