import { render } from 'preact'
import { Playground } from './Playground.tsx'
import './playground.css'

/** Draws the playground in its place, and loads the thread that it shows. */
export function start(place: HTMLElement): void {
  // By the name it has for pages of other hosts, as this page is not built with it.
  const embed = '/embed.js'
  import(/* @vite-ignore */ embed)
  place.replaceChildren()
  render(<Playground />, place)
}
