import { host } from '../host.ts'
import { words } from '../words.ts'
import { Code } from './Code.tsx'
import { Controls } from './Controls.tsx'
import { choice } from './choice.ts'
import { Stage } from './Stage.tsx'
import { snippetOf } from './snippet.ts'

/** A thread to try out, with what can be chosen beside it and the lines to paste below. */
export function Playground() {
  return (
    <>
      <Controls />
      <div class="result">
        <Stage />
        <p class="label">{words.snippet}</p>
        <Code text={snippetOf(choice.value, host, words.comments)} />
      </div>
    </>
  )
}
