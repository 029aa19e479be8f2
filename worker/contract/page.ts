export interface Page<Item> {
  items: Item[]
  next: string | null
}
