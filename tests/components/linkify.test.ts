import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { linkify } from '../../src/components/shared/linkify.ts'

const links = (text: string): string[] => linkify(text).filter((part) => part.href !== undefined).map((part) => part.text)

describe('links in a text', () => {
  it.each([
    ['see https://example.org/a?b=c#d now', ['https://example.org/a?b=c#d']],
    ['HTTP://EXAMPLE.ORG', ['HTTP://EXAMPLE.ORG']],
    ['(https://example.org/a)', ['https://example.org/a']],
    ['https://example.org/wiki/A_(b), and', ['https://example.org/wiki/A_(b)']],
    ['https://example.org. Then', ['https://example.org']],
    ['详见https://example.org/doc，谢谢', ['https://example.org/doc']],
    ['mailto:ada@example.org', ['mailto:ada@example.org']],
    ['"https://example.org"', ['https://example.org']],
    ['<https://example.org>', ['https://example.org']],
  ])('[UI10] finds the link in %j', (text, expected) => {
    expect(links(text)).toEqual(expected)
  })

  it.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:x',
    'file:///etc/passwd',
    'ftp://example.org',
    'https://',
    'https://bank.example@evil.example/',
    'https://user:pass@example.org',
    'mailto:',
    'xhttps://example.org',
    'www.example.org',
  ])('[UI11] leaves %j as text', (text) => {
    expect(links(text)).toEqual([])
  })

  it('[UI11] a direction mark ends a link, so that none shows another address than it opens', () => {
    expect(links('https://example.org/\u202egro.elpmaxe')).toEqual(['https://example.org/'])
  })

  it('[UI10] the parts together are the text, and every link is http, https or mailto', () => {
    const piece = fc.oneof(fc.string(), fc.constantFrom('https://a.b', '(', ')', '.', 'mailto:a@b', '\u202e', 'javascript:', '@', ' '))
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        const text = pieces.join('')
        const parts = linkify(text)
        expect(parts.map((part) => part.text).join('')).toBe(text)
        for (const { href } of parts) if (href) expect(['http:', 'https:', 'mailto:']).toContain(new URL(href).protocol)
      }),
    )
  })
})
