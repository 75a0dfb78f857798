import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import { computed, h } from 'vue'
import { messageContextKey } from '../../src/components/shared/message-context.ts'
import { gatherPeople } from '../../src/components/shared/message-text.ts'
import { markdownBody, parseMarkdown, renderMarkdown } from '../../src/markdown.ts'
import { message } from '../components/support/samples.ts'

const html = (text: string): string =>
  mount({ render: () => renderMarkdown(text) })
    .get('.chat-markdown')
    .element.innerHTML.replaceAll(/ (?:dir|rel|target|class|data-v-\w+|title)="[^"]*"| data-block=""/g, '')
    .replaceAll(/<!--.*?-->/g, '')

describe('Markdown', () => {
  it.each([
    ['**bold** and __bold__', '<p><strong>bold</strong> and <strong>bold</strong></p>'],
    ['*italic* and _italic_', '<p><em>italic</em> and <em>italic</em></p>'],
    ['~~gone~~', '<p><s>gone</s></p>'],
    ['**a *b* c**', '<p><strong>a <em>b</em> c</strong></p>'],
    ['***both***', '<p><strong><em>both</em></strong></p>'],
    ['你好**世界**！', '<p>你好<strong>世界</strong>！</p>'],
    ['`a*b*` and ``c`d``', '<p><code>a*b*</code> and <code>c`d</code></p>'],
    ['one\ntwo', '<p>one\ntwo</p>'],
    ['one\n\n\ntwo', '<p>one</p><p>two</p>'],
    ['> said\n> so\nanswer', '<blockquote><p>said\nso</p></blockquote><p>answer</p>'],
    ['> > deep', '<blockquote><blockquote><p>deep</p></blockquote></blockquote>'],
    ['- a\n- b', '<ul><li><p>a</p></li><li><p>b</p></li></ul>'],
    ['3. c\n4. d', '<ol start="3"><li><p>c</p></li><li><p>d</p></li></ol>'],
    ['- a\n  - b\n- c', '<ul><li><p>a</p><ul><li><p>b</p></li></ul></li><li><p>c</p></li></ul>'],
    ['```ts\nlet a = **1**\n```\nafter', '<code data-language="ts">let a = **1**</code><p>after</p>'],
    ['```\nnot closed', '<code>not closed</code>'],
    ['[here](https://example.org/a_b_c)', '<p><a href="https://example.org/a_b_c">here</a></p>'],
    ['[wiki](https://example.org/A_(b))', '<p><a href="https://example.org/A_(b)">wiki</a></p>'],
    ['https://example.org/a_b_c and *x*', '<p><a href="https://example.org/a_b_c">https://example.org/a_b_c</a> and <em>x</em></p>'],
    ['[**bold** link](https://example.org/)', '<p><a href="https://example.org/"><strong>bold</strong> link</a></p>'],
  ])('[MD1] %j', (text, wanted) => {
    expect(html(text)).toBe(wanted)
  })

  it.each([
    '2 * 3 * 4',
    '2*3*4',
    'snake_case_name',
    '**not closed',
    '** blank **',
    '****',
    'a `not closed',
    '\\*not italic\\*'.replaceAll('\\', '\\'),
    '# no heading',
    '<b>no html</b> &amp; <img src=x onerror=alert(1)>',
    '![no picture](https://example.org/a.png)'.replace('![', '!\\['),
    '[no](javascript:alert(1))',
    '[no](data:text/html,x)',
    '[no]( https://example.org)',
    '[](https://example.org)x'.replace('https://example.org', 'ftp://example.org'),
    '| no | table |',
    '-no list',
    '1.no list',
  ])('[MD2] %j stays as it was typed', (text) => {
    const shown = mount({ render: () => renderMarkdown(text) })
    expect(shown.findAll('strong, em, s, ul, ol, h1, img, b, table, blockquote, a[href^="javascript"], a[href^="data"], a[href^="ftp"]')).toHaveLength(0)
    expect(shown.text()).toBe(text.replaceAll(/\\([*[])/g, '$1'))
  })

  it('[MD2] a link inside of a link is one link', () => {
    expect(html('[a [b](https://example.org/b) c](https://example.org/c)')).not.toMatch(/<a[^>]*>[^/]*<a/)
  })

  it('[MD3] a link tells where it leads, opens elsewhere, and gives nothing away', () => {
    const link = mount({ render: () => renderMarkdown('[your bank](https://evil.example/)') }).get('a')
    expect(link.attributes()).toMatchObject({ title: 'https://evil.example/', target: '_blank', rel: 'noopener noreferrer nofollow ugc' })
  })

  const hostile = {
    marks: '*_~`[](>-'.repeat(3_000),
    stars: '*a '.repeat(8_000),
    closed: '**a** '.repeat(4_000),
    brackets: '[a]('.repeat(6_000),
    ticks: Array.from({ length: 200 }, (_, i) => '`'.repeat(i + 1)).join('x'),
    quotes: '> '.repeat(10_000),
    lists: Array.from({ length: 2_000 }, (_, i) => `${' '.repeat(i % 12)}- x`).join('\n'),
    links: 'https://a.example/_x_<'.repeat(1_000),
    wide: 'https://a（'.repeat(2_000),
    word: 'x'.repeat(20_000),
  }
  it.each(Object.keys(hostile) as (keyof typeof hostile)[])('[MD4] 20,000 characters of %s make few levels and lose no word', (name) => {
    const text = hostile[name]
    const depthOf = (value: unknown): number =>
      Array.isArray(value)
        ? Math.max(0, ...value.map(depthOf))
        : typeof value === 'object' && value !== null
          ? 1 + Math.max(0, ...Object.values(value).map(depthOf))
          : 0
    const blocks = parseMarkdown(text)
    expect(depthOf(blocks)).toBeLessThan(30)
    const letters = (some: string): number => some.replaceAll(/[^a-z]/g, '').length
    expect(letters(JSON.stringify(blocks))).toBeGreaterThanOrEqual(letters(text))
  })

  it('[MD5] names in it are names as in other messages', () => {
    const ada = { id: 'ada', name: 'Ada' }
    const people = computed(() => gatherPeople([ada], ada, undefined))
    const context = { people, allows: () => false, renderBody: () => undefined }
    const wrapper = mount(
      { render: () => h('div', [markdownBody(message(1, { body: '**hello** @Ada, see `@Ada`', mentions: ['ada'] }))]) },
      { global: { provide: { [messageContextKey as symbol]: context } } },
    )
    expect(wrapper.findAll('.chat-mention').map((one) => one.text())).toEqual(['@Ada'])
    expect(wrapper.get('strong').text()).toBe('hello')
    expect(wrapper.get('code').text()).toBe('@Ada')
  })
})
