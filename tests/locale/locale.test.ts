import { readFileSync, globSync } from 'node:fs'
import { parse } from 'vue/compiler-sfc'
import { describe, expect, it } from 'vitest'
import { en, extendLocale, pluralOf } from '../../src/locale/en.ts'
import { zhCN } from '../../src/locale/zh-CN.ts'

type Leaf = readonly [path: string, value: unknown]

const leaves = (value: unknown, path = ''): readonly Leaf[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([name, part]) => leaves(part, path === '' ? name : `${path}.${name}`))
    : [[path, value]]

/** What a text says of anything: of numbers around the plural forms, names, lists of names. */
const say = (text: unknown): readonly string[] => {
  if (typeof text !== 'function') return [String(text)]
  const samples: readonly unknown[][] = [[0, 3], [1, 3], [2, 3], [21, 3], [-1], ['Ada', 'Tea', 'x'], [['Ada', 'Lin'], 2], ['body_too_long', 'x'], [undefined, '']]
  return samples.flatMap((args) => {
    try {
      return [String((text as (...args: unknown[]) => unknown)(...args))]
    } catch {
      return []
    }
  })
}

describe('languages', () => {
  it('[LC1] en and zh-CN have the same texts, none of them empty', () => {
    expect(leaves(zhCN).map(([path]) => path).sort()).toEqual(leaves(en).map(([path]) => path).sort())
    for (const locale of [en, zhCN]) {
      for (const [path, text] of leaves(locale)) {
        expect(say(text).length, path).toBeGreaterThan(0)
        for (const said of say(text)) expect(said.trim(), path).not.toBe('')
      }
    }
  })

  it('[LC1] zh-CN is Chinese throughout', () => {
    const names = /Ada|Tea|Lin|body_too_long|undefined|[\dx,、，：:()（）+#\s.…%/·–—-]/gu
    const english = leaves(zhCN).flatMap(([path, text]) =>
      path === 'tag' || path === 'dir' ? [] : say(text).filter((said) => said.replace(names, '') !== '' && !/\p{Script=Han}/u.test(said)).map((said) => `${path}: ${said}`),
    )
    expect(english).toEqual([])
  })

  it('[LC2] counts by the rules of the language', () => {
    const forms = { one: '# файл', few: '# файла', many: '# файлов', other: '# файла' }
    expect([1, 3, 5, 21, 1_000].map((count) => pluralOf('ru', count, forms))).toEqual(['1 файл', '3 файла', '5 файлов', '21 файл', '1\u00a0000 файлов'])
    expect(en.unread(1)).toBe('1 unread message')
    expect(en.unread(1_234)).toBe('1,234 unread messages')
  })

  it('[LC3] some texts can be replaced, of a group too, and the language itself stays', () => {
    const before = JSON.stringify(en)
    const mine = extendLocale(en, { send: 'Fire!', connection: { offline: 'Marooned' }, unread: (count) => `${count}!` })
    expect([mine.send, mine.connection.offline, mine.connection.failed, mine.unread(3)]).toEqual(['Fire!', 'Marooned', 'Could not connect', '3!'])
    expect(JSON.stringify(en)).toBe(before)
    expect(extendLocale(en, { send: undefined as never }).send).toBe('Send')
  })
})

/** What a person would read that stands in a template as it is. */
const literals = (file: string): readonly string[] => {
  const found: string[] = []
  const visit = (node: { readonly type: number; readonly content?: unknown; readonly children?: readonly never[]; readonly props?: readonly never[] }): void => {
    if (node.type === 2 && /\p{L}{2}/u.test(String(node.content))) found.push(String(node.content).trim())
    for (const prop of (node.props ?? []) as readonly { type: number; name: string; value?: { content: string }; exp?: { content: string } }[]) {
      const isText = /^(aria-label|aria-description|aria-roledescription|aria-valuetext|title|placeholder|alt|label)$/
      if (prop.type === 6 && isText.test(prop.name) && /\p{L}{2}/u.test(prop.value?.content ?? '')) found.push(`${prop.name}="${prop.value!.content}"`)
    }
    for (const child of node.children ?? []) visit(child)
  }
  const { template } = parse(readFileSync(file, 'utf8')).descriptor
  if (template?.ast) visit(template.ast as never)
  return found
}

describe('templates', () => {
  const files = globSync('src/**/*.vue')

  it('[LC4] have no text of their own', () => {
    expect(files.length).toBeGreaterThan(10)
    expect(Object.fromEntries(files.map((file) => [file, literals(file)]).filter(([, found]) => found!.length > 0))).toEqual({})
  })
})
