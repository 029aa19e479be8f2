import { render } from 'preact'
import { App } from './App.tsx'
import { context } from './context/ContextColumn.tsx'
import { loadWords } from './core/words.ts'
import { Desk } from './desk.ts'
import { pageNames } from './pages.ts'
import { loadPart } from './ui/Late.tsx'
import { Unloaded } from './ui/Unloaded.tsx'
import { wide } from './ui/wide.ts'
import './styles/base.css'
import './styles/desk.css'
import './styles/places.css'
import './styles/comment.css'
import './styles/queue.css'
import './styles/context.css'
import './styles/pages.css'
import './styles/people.css'
import './styles/settings.css'
import './styles/preview.css'
import './styles/sites.css'
import './styles/letters.css'
import './styles/history.css'
import './styles/author.css'
import './styles/reports.css'

const desk = new Desk(pageNames)
desk.open()
loadWords([]).then(
  () => render(<App desk={desk} />, document.body),
  () => render(<Unloaded />, document.body),
)
// It is here before there is a comment to tell of.
if (wide.peek()) loadPart(context).catch(() => {})
