import { type Property, parts, properties } from './choice.ts'
import { words } from './words.ts'

/** Every custom property and every part, with what it is. */
export function Reference() {
  const { property, properties: meanings, part, parts: pieces } = words()
  return (
    <div class="reference">
      <h3>{property}</h3>
      <dl>
        {(Object.keys(properties) as Property[]).map((name) => (
          <div key={name}>
            <dt>
              <code>--hankyo-{name}</code>
            </dt>
            <dd>{meanings[name]}</dd>
          </div>
        ))}
      </dl>
      <h3>{part}</h3>
      <dl>
        {parts.map((name) => (
          <div key={name}>
            <dt>
              <code>::part({name})</code>
            </dt>
            <dd>{pieces[name]}</dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
