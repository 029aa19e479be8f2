import { words } from '../words.ts'
import { choice, choose } from './choice.ts'
import { type Property, properties } from './names.ts'

/** Values to begin with where nothing is chosen. */
const examples: Record<Property, string> = {
  accent: '#9a3412',
  ink: '#1f1e1c',
  quiet: '#5d6570',
  line: '#d8d4cb',
  wash: '#f2efe8',
  good: '#1a6b42',
  warn: '#805000',
  bad: '#a3212f',
  font: 'Georgia, serif',
  size: '17px',
  'line-height': '1.7',
  radius: '6px',
  space: '14px',
  'scroll-margin': '80px',
}

/** The custom properties. */
export function Properties() {
  const { property, properties: meanings, reset } = words
  return (
    <fieldset>
      <legend>{property}</legend>
      {(Object.keys(properties) as Property[]).map((name) => {
        const value = choice.value.properties[name]
        const color = properties[name] === 'color'
        const change = ({ currentTarget }: { currentTarget: { value: string } }) =>
          choose('properties', name, currentTarget.value)
        return (
          <div class="property" key={name}>
            <label for={`--${name}`}>
              <span>
                <code>--hankyo-{name}</code> {meanings[name]}
              </span>
              {color ? (
                <input
                  id={`--${name}`}
                  type="color"
                  value={value ?? examples[name]}
                  data-unset={!value}
                  onInput={change}
                />
              ) : (
                <input
                  id={`--${name}`}
                  value={value ?? ''}
                  placeholder={examples[name]}
                  onInput={change}
                  autocomplete="off"
                />
              )}
            </label>
            {color && value && (
              <button
                type="button"
                aria-label={`${reset}: --hankyo-${name}`}
                onClick={() => choose('properties', name, '')}
              >
                {reset}
              </button>
            )}
          </div>
        )
      })}
    </fieldset>
  )
}
