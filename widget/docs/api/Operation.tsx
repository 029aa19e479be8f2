import { words } from '../words.ts'
import type { Operation } from './document.ts'
import { Shape, wordsOf } from './Shape.tsx'

interface Line {
  method: string
  path: string
  operation: Operation
}

/** A route: its address and what it does; opened, what is sent to it and what it answers. */
export function OperationLine({ method, path, operation }: Line) {
  const { api } = words
  const scope = operation['x-hankyo-scope']
  const asked = operation.parameters.filter((parameter) => parameter.in === 'query')
  return (
    <details id={operation.operationId} open={location.hash === `#${operation.operationId}`}>
      <summary>
        <code class="long">
          <b>{method}</b> {path}
        </code>{' '}
        <span lang="en">{operation.summary}</span>
      </summary>
      {scope && (
        <p>
          {api.scope}: <code>{scope}</code>
        </p>
      )}
      {operation.description && <p lang="en">{operation.description}</p>}
      {asked.length > 0 && (
        <>
          <h3>{api.query}</h3>
          <dl class="reference">
            {asked.map(({ name, required, schema }) => (
              <div key={name}>
                <dt>
                  <code>{name}</code>
                </dt>
                <dd>
                  <code>{wordsOf(schema)}</code>
                  {required && ` · ${api.required}`}
                </dd>
              </div>
            ))}
          </dl>
        </>
      )}
      {Object.entries(operation.requestBody?.content ?? {}).map(([type, { schema }]) => (
        <div key={type}>
          <h3>
            {api.body} <code>{type}</code>
          </h3>
          {type === 'application/json' && <Shape schema={schema} />}
        </div>
      ))}
      <h3>{api.answers}</h3>
      {Object.entries(operation.responses).map(([status, { description, content }]) => (
        <div key={status}>
          <p>
            <code>{status === 'default' ? '4xx, 5xx' : status}</code> <span lang="en">{description}</span>{' '}
            {Object.keys(content ?? {})
              .filter((type) => type !== 'application/json')
              .map((type) => (
                <code key={type}>{type}</code>
              ))}
          </p>
          {content?.['application/json'] && <Shape schema={content['application/json'].schema} />}
        </div>
      ))}
    </details>
  )
}
