import { words } from '../words.ts'
import { choice, choose, column, paper } from './choice.ts'
import { type Attribute, attributes, defaults } from './names.ts'
import { Properties } from './Properties.tsx'

/** Pages that a thread may find itself on. */
const papers = {
  white: { background: '#ffffff', ink: '#1f1e1c' },
  cream: { background: '#f6f0e1', ink: '#3a3024' },
  night: { background: '#16181b', ink: '#e4e2dd' },
}

/** What can be chosen. */
export function Controls() {
  const { attribute, page, column: columnWord, width, background, ink, papers: paperNames } = words
  return (
    <form class="controls" onSubmit={(event) => event.preventDefault()}>
      <fieldset>
        <legend>{attribute}</legend>
        {(Object.keys(attributes) as Attribute[]).map((name) => (
          <AttributeField key={name} name={name} />
        ))}
      </fieldset>
      <fieldset>
        <legend>{page}</legend>
        <div class="papers">
          {(Object.keys(papers) as (keyof typeof papers)[]).map((name) => (
            <button
              key={name}
              type="button"
              aria-pressed={paper.value.background === papers[name].background}
              onClick={() => {
                paper.value = papers[name]
              }}
            >
              {paperNames[name]}
            </button>
          ))}
        </div>
        {(['background', 'ink'] as const).map((name) => (
          <label key={name}>
            <span>{name === 'ink' ? ink : background}</span>
            <input
              type="color"
              value={paper.value[name]}
              onInput={({ currentTarget }) => {
                paper.value = { ...paper.value, [name]: currentTarget.value }
              }}
            />
          </label>
        ))}
        <label>
          <span>
            {columnWord} {width.replace('{width}', String(column.value))}
          </span>
          <input
            type="range"
            min={240}
            max={1200}
            step={10}
            value={column.value}
            onInput={({ currentTarget }) => {
              column.value = Number(currentTarget.value)
            }}
          />
        </label>
      </fieldset>
      <Properties />
    </form>
  )
}

function AttributeField({ name }: { name: Attribute }) {
  const { attributes: meanings, standard } = words
  const value = choice.value.attributes[name] ?? ''
  const change = ({ currentTarget }: { currentTarget: { value: string } }) =>
    choose('attributes', name, currentTarget.value.trim())
  return (
    <label for={name}>
      <span>
        <code>{name}</code> {meanings[name]}
      </span>
      {attributes[name].length ? (
        <select id={name} value={value || (defaults[name] ?? '')} onChange={change}>
          {!defaults[name] && <option value="">{standard}</option>}
          {attributes[name].map((option) => (
            <option key={option} value={option}>
              {option}
            </option>
          ))}
        </select>
      ) : (
        <input id={name} value={value} onInput={change} required={name === 'site'} autocomplete="off" />
      )}
    </label>
  )
}
