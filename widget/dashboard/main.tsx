import { render } from 'preact'
import { App } from './App.tsx'
import { Desk } from './desk.ts'
import { pageNames } from './pages.ts'
import './styles/base.css'
import './styles/desk.css'
import './styles/places.css'
import './styles/comment.css'
import './styles/queue.css'
import './styles/context.css'
import './styles/pages.css'
import './styles/settings.css'
import './styles/preview.css'
import './styles/stats.css'

const desk = new Desk(pageNames)
render(<App desk={desk} />, document.body)
desk.open()
