import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { importFormats } from '../../../worker/contract/importFormats.ts'
import { folder } from '../core/folder.ts'
import { formatMessage, words } from '../core/words.ts'
import { use } from '../desk.ts'
import { failureWords } from './failureWords.ts'
import { newImportOf } from './newImport.ts'

/** Takes a file that is dropped or chosen. */
export function FileDrop({ site }: { site: string }) {
  const making = use(newImportOf)
  const over = useSignal(false)
  const input = useRef<HTMLInputElement>(null)
  const w = words('imports')
  const failure = making.failure.value
  const isBack = making.file.value !== null
  // Who comes back from a file that could not be read, chooses another.
  useEffect(() => {
    if (isBack) input.current?.focus()
  }, [isBack])

  function take(files: FileList | null | undefined) {
    over.value = false
    const [file] = files ?? []
    if (file) making.open(site, file)
  }

  return (
    <>
      {failure && failure.kind !== 'cancelled' && (
        <div class="acts" role="alert">
          <p class="error">
            {formatMessage(w.notRead, { file: making.file.value?.name ?? '', error: failureWords(failure) })}
          </p>
          {failure.kind === 'refused' && making.opened.value && (
            <button type="button" onClick={making.look}>
              {words().tryAgain}
            </button>
          )}
        </div>
      )}
      <label
        class={over.value ? 'drop over' : 'drop'}
        onDragOver={(event) => {
          event.preventDefault()
          over.value = true
        }}
        onDragLeave={() => {
          over.value = false
        }}
        onDrop={(event) => {
          event.preventDefault()
          take(event.dataTransfer?.files)
        }}
      >
        <span class="quiet">{w.drop}</span>
        <span class="button">{w.choose}</span>
        <input
          ref={input}
          class="unseen"
          type="file"
          aria-label={w.choose}
          onChange={(event) => {
            take(event.currentTarget.files)
            event.currentTarget.value = ''
          }}
        />
      </label>
      <p class="quiet">
        {formatMessage(w.systems, { systems: Object.values(importFormats).join(words().comma) })}{' '}
        <a href={`${folder()}/docs/moving`}>{w.how}</a>
      </p>
    </>
  )
}
