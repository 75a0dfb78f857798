const plural = new Map<string, Intl.PluralRules>()

/** Picks the form by the language's own rules. `other` is required, it is the form of last resort. */
export const pluralOf = (
  tag: string,
  count: number,
  forms: Partial<Record<Intl.LDMLPluralRule, string>> & { readonly other: string },
): string => {
  const rules = plural.get(tag) ?? new Intl.PluralRules(tag)
  plural.set(tag, rules)
  return (forms[rules.select(count)] ?? forms.other).replace('#', count.toLocaleString(tag))
}
