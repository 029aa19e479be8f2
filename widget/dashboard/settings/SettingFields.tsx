import {
  type Group,
  type SettingName,
  settingsIn,
  siteSettings,
} from '../../../worker/contract/siteSettings.ts'
import { ChoiceField, NumberField, Switch, TextField } from './fields.tsx'
import type { ChoiceName, NumberName, SwitchName, TextName } from './form.ts'
import { Night } from './Night.tsx'

/** The settings of a section, each as the field of its kind, in the order of their table. */
export function SettingFields({ group }: { group: Group }) {
  return settingsIn(group).map((name) => <SettingField key={name} name={name} />)
}

/** A setting as the field of its kind. */
export function SettingField({ name }: { name: SettingName }) {
  switch (siteSettings[name].kind) {
    case 'whole':
    case 'share':
      return <NumberField name={name as NumberName} />
    case 'flag':
      return <Switch name={name as SwitchName} />
    case 'hours':
      return (
        <Switch name={name as SwitchName}>
          <Night />
        </Switch>
      )
    case 'choice':
      return <ChoiceField name={name as ChoiceName} />
    case 'text':
      return <TextField name={name as TextName} />
  }
}
