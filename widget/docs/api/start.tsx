import { render } from 'preact'
import { exchange } from '../../common/api.ts'
import { host } from '../host.ts'
import type { ApiDocument } from './document.ts'
import { OperationLine } from './Operation.tsx'
import { Shape } from './Shape.tsx'
import './api.css'

/** Draws the routes and types of the API into their places, from the description that the worker serves. */
export async function start(): Promise<void> {
  const [description] = await exchange<ApiDocument>(`${host}/v1/openapi.json`)
  for (const place of document.querySelectorAll<HTMLElement>('[data-place]')) {
    place.replaceChildren()
    if (place.dataset.place === 'types') render(<Types description={description} />, place)
    else render(<Routes description={description} tag={place.dataset.of} />, place)
  }
  // What the address names is drawn only now.
  if (location.hash) document.getElementById(location.hash.slice(1))?.scrollIntoView()
}

function Routes({ description, tag }: { description: ApiDocument; tag: string | undefined }) {
  return Object.entries(description.paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([, { tags }]) => tags[0] === tag)
      .map(([method, operation]) => (
        <OperationLine
          key={operation.operationId}
          method={method.toUpperCase()}
          path={path}
          operation={operation}
        />
      )),
  )
}

function Types({ description }: { description: ApiDocument }) {
  return Object.entries(description.components.schemas).map(([name, schema]) => (
    <div key={name} class="shape">
      <h3 id={name}>
        <code>{name}</code>
      </h3>
      <Shape schema={schema} />
    </div>
  ))
}
