/**
 * What the thread needs of Preact, under Preact's names: the build of `embed.js` puts this in its
 * place, which takes 3 kB off a script that may have 12. Components are plain functions called at
 * once; there are no hooks, refs, contexts or classes. Tests and types use Preact itself.
 */

type Child = Vnode | string | number | boolean | null | undefined | Child[]
type Props = Record<string, unknown> & { children?: Child }

interface Vnode {
  type: string
  props: Props
  key?: string | undefined
}

const childrenOf = new WeakMap<Node, Map<string, ChildNode>>()
const propsOf = new WeakMap<Node, Props>()

export const Fragment = ({ children }: Props) => children

export function jsx(type: string | ((props: Props) => Child), props: Props, key?: string): Child {
  if (typeof type === 'string') return { type, props, key }
  const child = type(props)
  return key === undefined ? child : Object.assign(child as Vnode, { key })
}

export { jsx as jsxDEV, jsx as jsxs }

/** Makes the children of a node what is given, keeping every element whose place, key and tag are the same. */
export function render(child: Child, parent: Node): void {
  const before = childrenOf.get(parent)
  const wanted = new Map<string, Vnode | string>()
  place(child, '', wanted)
  before?.forEach((node, path) => {
    if (!wanted.has(path)) node.remove()
  })
  const after = new Map<string, ChildNode>()
  let next = parent.firstChild
  wanted.forEach((vnode, path) => {
    const text = typeof vnode === 'string'
    const node =
      before?.get(path) ?? (text ? document.createTextNode('') : document.createElement(vnode.type))
    if (text) {
      if (node.nodeValue !== vnode) node.nodeValue = vnode
    } else {
      update(node as HTMLElement, vnode.props)
      render(vnode.props.children, node)
    }
    if (node === next) next = node.nextSibling
    else parent.insertBefore(node, next)
    after.set(path, node)
  })
  childrenOf.set(parent, after)
}

/** Gives every child a path made of keys, or positions, and its tag. */
function place(child: Child, path: string, into: Map<string, Vnode | string>): void {
  if (Array.isArray(child)) {
    child.forEach((each, index) => {
      place(each, `${path} ${(each as Vnode | null)?.key ?? index}`, into)
    })
  } else if (typeof child === 'object' && child) into.set(path + child.type, child)
  else if (child || child === 0) if (child !== true) into.set(path, String(child))
}

function update(element: HTMLElement, props: Props): void {
  const before = propsOf.get(element)
  for (const name in { ...before, ...props }) {
    const value = props[name]
    if (name === 'value') {
      if ((element as HTMLInputElement).value !== value) (element as HTMLInputElement).value = value as string
    } else if (name !== 'children' && value !== before?.[name]) set(element, name, value)
  }
  propsOf.set(element, props)
}

function set(element: HTMLElement, name: string, value: unknown): void {
  if (name.startsWith('on')) Object.assign(element, { [name.toLowerCase()]: value ?? null })
  else if (name === 'style')
    for (const [property, of] of Object.entries(value || {})) element.style.setProperty(property, of)
  else if (value == null || (value === false && name[4] !== '-')) element.removeAttribute(name)
  else element.setAttribute(name, value === true && name[4] !== '-' ? '' : String(value))
}
