import { formatName } from '../../../worker/contract/importFormats.ts'
import type { ImportView } from '../../../worker/contract/imports.ts'
import { errorWords, formatMessage, words } from '../core/words.ts'
import { use } from '../desk.ts'
import { AskedButton } from '../ui/AskedButton.tsx'
import { Time } from '../ui/Time.tsx'
import { Visible } from '../ui/Visible.tsx'
import { importsOf } from './imports.ts'
import { newImportOf } from './newImport.ts'

/** An import there was: what came of it, and what takes it back. */
export function ImportRow({ import: one }: { import: ImportView }) {
  const imports = use(importsOf)
  const making = use(newImportOf)
  const w = words('imports')
  const { id, file, state, added, removed, known, total, lessons } = one
  const problem = imports.problem.value
  const isOpen = state === 'working' || state === 'stopped'
  const isSentHere = making.phase.value === 'sending' && making.file.value?.name === file
  return (
    <li>
      <div>
        <p>
          <bdi class="name">
            <Visible text={file} />
          </bdi>{' '}
          <span class="quiet">
            {formatName(one.format)} · {w.is[state]}
          </span>
        </p>
        <p class="quiet">
          <bdi>{one.by}</bdi> · <Time at={one.at} />
        </p>
        <p>
          {formatMessage(w.imported, { count: added })}
          {known > 0 && ` ${formatMessage(w.knownCount, { count: known })}`}
          {lessons > 0 && ` ${formatMessage(w.taught, { count: lessons })}`}
        </p>
        {isOpen && !isSentHere && added + known < total && <p class="warn">{w.again}</p>}
        {state === 'undoing' && (
          <progress max={Math.max(added, 1)} value={removed} aria-label={w.is.undoing} />
        )}
        {problem?.id === id && (
          <p class="error" role="alert">
            {formatMessage(w.notTakenBack, { error: errorWords(problem.error) })}
          </p>
        )}
      </div>
      {state !== 'undone' && state !== 'undoing' && !isSentHere && (
        <div class="acts">
          <AskedButton
            label={w.takeBack}
            name={`${w.takeBack}: ${file}`}
            question={formatMessage(w.takeBackAsk, { file, count: added })}
            cancel={w.keep}
            act={() => imports.takeBack(id)}
          />
        </div>
      )}
    </li>
  )
}
