import { render } from 'preact'
import { host } from '../host.ts'
import { becomeGuest } from './guest.ts'
import { Playground } from './Playground.tsx'
import './playground.css'

/** Draws the playground in its place, and loads the thread that it shows. */
export function start(place: HTMLElement): void {
  becomeGuest()
  // By the name it has for pages of other hosts, as this page is not built with it.
  import(/* @vite-ignore */ `${host}/embed.js`)
  place.replaceChildren()
  render(<Playground />, place)
}
