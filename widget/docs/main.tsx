import { render } from 'preact'
import { EmbedPage } from './EmbedPage.tsx'
import './docs.css'

// By the name it has for pages of other hosts, as this page is not built with it.
const embed = '/embed.js'
import(/* @vite-ignore */ embed)

const main = document.querySelector('main')
if (main) {
  main.replaceChildren()
  render(<EmbedPage />, main)
}
