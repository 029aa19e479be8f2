import { useSignalEffect } from '@preact/signals'
import { ApiOperation } from './ApiOperation.tsx'
import type { ApiDocument, Tag } from './apiDocument.ts'
import { Languages } from './Languages.tsx'
import { Shape } from './Shape.tsx'
import { language, words } from './words.ts'

/** Every route of the API by whom it is for, and the types that they share. */
export function ApiPage({ description }: { description: ApiDocument }) {
  const { api } = words()
  useSignalEffect(() => {
    document.documentElement.lang = language.value
    document.title = words().api.title
  })
  const of = (tag: Tag) =>
    Object.entries(description.paths).flatMap(([path, methods]) =>
      Object.entries(methods)
        .filter(([, { tags }]) => tags[0] === tag)
        .map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
    )
  return (
    <>
      <header class="top">
        <h1>{api.title}</h1>
        <Languages />
      </header>
      <p class="lead">
        {api.lead} <a href="/v1/openapi.json">/v1/openapi.json</a>
      </p>
      <nav class="contents" aria-label={api.contents}>
        {description.tags.map(({ name }) => (
          <a key={name} href={`#${name}`}>
            {api.groups[name].title}
          </a>
        ))}
        <a href="#types">{api.types}</a>
      </nav>
      {description.tags.map(({ name }) => (
        <section key={name} aria-labelledby={name}>
          <h2 id={name}>{api.groups[name].title}</h2>
          <p class="quiet">{api.groups[name].about}</p>
          {of(name).map((line) => (
            <ApiOperation key={line.operation.operationId} {...line} />
          ))}
        </section>
      ))}
      <section aria-labelledby="types">
        <h2 id="types">{api.types}</h2>
        {Object.entries(description.components.schemas).map(([name, schema]) => (
          <div key={name} class="shape">
            <h3 id={name}>
              <code>{name}</code>
            </h3>
            <Shape schema={schema} />
          </div>
        ))}
      </section>
    </>
  )
}
