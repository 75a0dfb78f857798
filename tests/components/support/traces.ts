const SAFE = ['http:', 'https:', 'mailto:']

/** What a text may not become: an element that was not ours, an attribute that does something, or a link elsewhere. */
export const traces = (root: Element): string[] =>
  [root, ...root.querySelectorAll('*')].flatMap((element) => [
    ...(/^(script|iframe|object|embed|img|image|base|meta|link|style|form|input|video|math|use|foreignobject|animate|details|template)$/i.test(element.tagName)
      ? [element.tagName]
      : []),
    ...[...element.attributes].flatMap(({ name, value }) => {
      if (/^(on|srcdoc|v-|:|formaction|xlink)/i.test(name)) return [`${name}=${value}`]
      if (name === 'href' || name === 'src' || name === 'action') return SAFE.includes(new URL(value).protocol) ? [] : [`${name}=${value}`]
      return name === 'style' && value !== '' ? [`${name}=${value}`] : []
    }),
  ])
