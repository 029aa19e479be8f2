import type { Failure } from './words.ts'

/** What a form asks of its writer. */
export type Field = 'body' | 'name' | 'email' | 'url'

/** A text being written. */
export interface Draft {
  /** Id of the comment it answers, '' for none; `edit-…` and `appeal-…` for what changes a comment. */
  id: string
  body: string
  /** When the form was first touched; 0 until then. */
  since: number
  /** What is wrong, by field; '' is for the whole form. */
  errors: Partial<Record<Field | '', Failure>>
  /** For a comment that is there already: how to change it. */
  change?: { label: string; button: string; optional?: true; save(): Promise<void> }
  /** The height of the field, in pixels, while what the text will look like is shown in its place. */
  preview?: number | undefined
  /** How many characters were left when that was last said. */
  left?: number | undefined
  /** Whether the help on formatting is shown. */
  help?: boolean
  /** Whether the thread is followed by who had no more to say. */
  followed?: boolean
  /** What was sent off, from the press of the button until the script that submits is loaded. */
  submitted?: Submission | undefined
}

/** What a form held when its button was pressed. */
export interface Submission {
  body: string
  /** The honeypot's content. */
  trap: string
}
