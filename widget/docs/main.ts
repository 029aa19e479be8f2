import { copying } from './copying.ts'
import './docs.css'
import { host } from './host.ts'
import { language } from './language.ts'

/** What stands in the pages' lines for the host that they are read at. */
const placeholder = 'https://YOUR-HOST'

/** Puts this host into the lines to copy. */
function nameHost() {
  for (const code of document.querySelectorAll('main code'))
    if (code.textContent?.includes(placeholder))
      code.textContent = code.textContent.replaceAll(placeholder, host)
}

language()
nameHost()
copying()

const place = document.querySelector<HTMLElement>('[data-place]')
if (place?.dataset.place === 'playground') import('./playground/start.tsx').then(({ start }) => start(place))
else if (place) import('./api/start.tsx').then(({ start }) => start())
