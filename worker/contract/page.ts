import * as v from 'valibot'

export interface Page<Item> {
  items: Item[]
  next: string | null
}

/** A page of a list: `next` is the cursor to go on with, or null. */
/* @__NO_SIDE_EFFECTS__ */
export const page = <Item extends v.GenericSchema>(item: Item) =>
  v.object({ items: v.array(item), next: v.nullable(v.string()) })
