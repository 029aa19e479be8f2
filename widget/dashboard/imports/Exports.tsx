import { held } from '../core/held.ts'
import { errorWords, formatMessage, words } from '../core/words.ts'
import { use } from '../desk.ts'
import { exportingOf } from './exporting.ts'
import { sizeWords } from './numbers.ts'

/** Files that a site’s comments are taken along in. */
export function Exports({ site }: { site: string }) {
  const exporting = use(exportingOf)
  const w = words('imports').export
  /** By their names at `/v1/exports/`, the whole of a site first. */
  const files = Object.keys(w.kinds) as (keyof typeof w.kinds)[]
  const progress = exporting.progress.value
  const error = exporting.error.value
  return (
    <section class="export" aria-labelledby="export-heading">
      <h2 id="export-heading">{w.heading}</h2>
      <p class="quiet">{w.note}</p>
      <dl class="files">
        {files.map((file) => {
          const name = `${site}-${file}`
          return (
            <div key={file}>
              <dt>{w.kinds[file]}</dt>
              <dd>
                <button
                  type="button"
                  onClick={() => exporting.download(site, { file, name })}
                  {...held(progress !== null)}
                >
                  {formatMessage(w.download, { file: name })}
                </button>
              </dd>
            </div>
          )
        })}
      </dl>
      <p role="status" class="quiet">
        {progress && formatMessage(w.soFar, { file: progress.file, size: sizeWords(progress.bytes) })}
      </p>
      {error && (
        <p class="error" role="alert">
          {formatMessage(w.failed, { error: errorWords(error) })}
        </p>
      )}
    </section>
  )
}
