import { Preferences } from '../core/Preferences.tsx'
import { oneKey } from '../core/preferences.ts'
import { shortcuts } from '../core/shortcuts.ts'
import { words } from '../core/words.ts'

/** Every shortcut, the switch that turns them off, language and appearance. */
export function Help() {
  const w = words('help')
  return (
    <>
      <h2>{words().shortcuts}</h2>
      <Preferences all />
      <p class="quiet">{w.note}</p>
      <dl class={oneKey.value ? '' : 'off'}>
        {shortcuts.map(({ keys, does }) => (
          <div key={does}>
            <dt>
              {keys.split(' ').map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{w.shortcuts[does]}</dd>
          </div>
        ))}
      </dl>
    </>
  )
}
