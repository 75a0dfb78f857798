import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { packPackage, root, run } from './support/pack.ts'

interface Manifest {
  readonly exports: Readonly<Record<string, string | { readonly types: string; readonly default: string }>>
  readonly dependencies: Readonly<Record<string, string>>
  readonly peerDependencies: Readonly<Record<string, string>>
}

const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest

const modules = (): readonly string[] =>
  readdirSync(join(root, 'dist'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.js'))
    .map((name) => join(root, 'dist', name))

describe('published package', () => {
  it('[PK1] has a file for every entry that it names', () => {
    for (const target of Object.values(manifest.exports)) {
      for (const file of typeof target === 'string' ? [target] : [target.types, target.default]) {
        expect(existsSync(join(root, file)), file).toBe(true)
      }
    }
  })

  it.each(Object.entries(manifest.exports).flatMap(([name, target]) => (typeof target === 'string' ? [] : [[name, target.default] as const])))(
    '[PK2] entry %s exports what it did, and loads in plain Node',
    async (name, file) => {
      const module = (await import(pathToFileURL(join(root, file)).href)) as Record<string, unknown>
      expect(Object.keys(module).sort()).toMatchSnapshot(name)
    },
  )

  it('[PK3] passes publint and are-the-types-wrong', () => {
    const tarball = packPackage()
    run('npx', ['--no-install', 'publint', '--strict'], root)
    run('npx', ['--no-install', 'attw', tarball, '--profile', 'esm-only', '--exclude-entrypoints', 'style.css', 'room.css', 'package.json'], root)
  })

  it('[PK4] keeps Vue, Pinia and VueUse outside', () => {
    const found = modules().flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/\b(?:from|import\(?)\s*["']((?:@[\w.-]+\/)?\w[\w.:-]*)/g)])
    const imported = new Set(found.map(([, name]) => name!))
    expect([...imported]).toEqual(expect.arrayContaining(['vue', 'pinia', '@vueuse/core']))
    const { dependencies, peerDependencies } = manifest
    const allowed = Object.keys({ ...dependencies, ...peerDependencies })
    expect([...imported].filter((name) => !name.startsWith('node:') && !allowed.includes(name))).toEqual([])
    expect(existsSync(join(root, 'dist/node_modules'))).toBe(false)
  })

  it('[PK9] has a file for every module, whose map leads to its source', () => {
    const names = modules().map((file) => relative(join(root, 'dist'), file))
    expect(names).toContain('components/ChatSearch/ChatSearch.vue.js')
    for (const name of names) {
      const map = join(root, 'dist', `${name}.map`)
      // What only hands names on has nothing to debug.
      if (!existsSync(map)) continue
      const { sources, sourcesContent } = JSON.parse(readFileSync(map, 'utf8')) as Readonly<Record<'sources' | 'sourcesContent', readonly string[] | undefined>>
      for (const source of sources!) expect(existsSync(join(dirname(map), source)), `${name}: ${source}`).toBe(true)
      expect(sourcesContent?.length ?? 0, name).toBe(sources!.length)
    }
    expect(existsSync(join(root, 'dist/components/ChatSearch/ChatSearch.setup.js.map'))).toBe(true)
  })
})
