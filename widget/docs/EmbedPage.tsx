import { effect } from '@preact/signals'
import { Code } from './Code.tsx'
import { Controls } from './Controls.tsx'
import { choice } from './choice.ts'
import { Guides } from './Guides.tsx'
import { Languages } from './Languages.tsx'
import { Stage } from './Stage.tsx'
import { snippetOf } from './snippet.ts'
import { language, words } from './words.ts'

effect(() => {
  document.documentElement.lang = language.value
  document.title = words().title
})

/** How to embed a thread: tried out, as lines to paste, and for each kind of site. */
export function EmbedPage() {
  const { title, lead, snippet, guides, comments } = words()
  const host = location.origin
  const { attributes } = choice.value
  return (
    <>
      <header class="top">
        <h1>{title}</h1>
        <Languages />
      </header>
      <p class="lead">{lead}</p>
      <div class="playground">
        <Controls />
        <div class="result">
          <Stage />
          <h2>{snippet}</h2>
          <Code text={snippetOf(choice.value, host, comments)} />
        </div>
      </div>
      <section>
        <h2>{guides}</h2>
        <Guides host={host} site={attributes.site ?? 'blog'} />
      </section>
    </>
  )
}
