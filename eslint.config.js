import globals from 'globals'
import pluginVue from 'eslint-plugin-vue'
import tseslint from 'typescript-eslint'

/** Imports that a folder must not make. The table is docs/ARCHITECTURE.md, section "Import direction". */
const forbid = (patterns, message) => ({
  'no-restricted-imports': ['error', { patterns: [{ regex: patterns, message }] }],
})

const portsOnly = [
  'window', 'document', 'navigator', 'location', 'localStorage', 'sessionStorage', 'indexedDB',
  'WebSocket', 'BroadcastChannel', 'setTimeout', 'setInterval', 'clearTimeout', 'clearInterval',
  'Date', 'performance', 'crypto', 'fetch', 'process',
].map((name) => ({ name, message: 'Take it as an argument; only the port files touch the environment.' }))

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', 'coverage/', '**/artifacts/'] },
  ...tseslint.configs.strict,
  ...pluginVue.configs['flat/recommended'],
  { files: ['**/*.vue'], languageOptions: { parserOptions: { parser: tseslint.parser } } },
  {
    languageOptions: { globals: { ...globals.browser, ...globals.node } },
    rules: {
      'no-undef': 'off',
      'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx'] }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true, varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-invalid-void-type': 'off',
      '@typescript-eslint/unified-signatures': 'off',
      '@typescript-eslint/no-dynamic-delete': 'off',
      'vue/html-self-closing': ['error', { html: { void: 'always', normal: 'always', component: 'always' } }],
      'vue/max-attributes-per-line': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vue/require-default-prop': 'off',
      'vue/html-indent': 'off',
      'vue/html-closing-bracket-newline': 'off',
      'vue/first-attribute-linebreak': 'off',
      'vue/multiline-html-element-content-newline': 'off',
      'vue/one-component-per-file': 'off',
      'vue/multi-word-component-names': 'off',
      'vue/no-v-html': 'error',
    },
  },
  {
    files: ['src/protocol/**'],
    rules: {
      ...forbid('^(?!\\./)', 'protocol is a leaf: it imports nothing but its own files.'),
      'no-restricted-globals': ['error', ...portsOnly],
    },
  },
  {
    files: ['src/core/**'],
    rules: {
      ...forbid('^(vue|pinia|@vueuse)|/(dialects|stores|composables|components|locale|styles)/', 'core imports protocol and itself only.'),
      'no-restricted-globals': ['error', ...portsOnly],
      'no-restricted-properties': ['error', { object: 'Math', property: 'random', message: 'Randomness is an argument.' }],
    },
  },
  {
    files: ['src/core/{session-options,face,session}.ts'],
    rules: { 'no-restricted-globals': ['error', ...portsOnly.filter(({ name }) => name !== 'process')] },
  },
  {
    files: ['src/core/clock.ts', 'src/core/web-socket-transport.ts', 'src/core/ids.ts'],
    rules: { 'no-restricted-globals': 'off', 'no-restricted-properties': 'off' },
  },
  {
    files: ['src/dialects/**'],
    rules: {
      ...forbid('^(vue|pinia|@vueuse)|/(stores|composables|components)/', 'dialects import protocol and types of core.'),
      'no-restricted-globals': ['error', ...portsOnly],
    },
  },
  {
    files: ['src/socket-io.ts', 'src/socket-io/**'],
    rules: forbid('^(vue|pinia|@vueuse)|/(stores|composables|components|locale)/', 'socket-io imports core, dialects and protocol.'),
  },
  {
    files: ['src/storage/**'],
    rules: forbid('^(vue|pinia|@vueuse)|/(dialects|stores|composables|components)/', 'storage knows sessions only.'),
  },
  {
    files: ['src/tabs/**'],
    rules: forbid('^(vue|pinia|@vueuse)|/(dialects|stores|storage|composables|components)/', 'tabs know sessions only.'),
  },
  {
    files: ['src/stores/**'],
    rules: forbid('/(composables|components|dialects)/|^@vueuse', 'stores know neither composables nor components.'),
  },
  {
    files: ['src/attachments/**'],
    rules: forbid('^pinia|/(dialects|composables|components)/', 'attachments know sessions, and what a store is told.'),
  },
  {
    files: ['src/composables/**'],
    rules: forbid('/components/', 'composables do not know components.'),
  },
  {
    files: ['src/components/**'],
    rules: forbid('^pinia|/stores/|/dialects/', 'components talk to composables.'),
  },
  {
    files: ['src/{emoji,markdown}/**'],
    rules: forbid('^pinia|/stores/|/dialects/', 'emoji and Markdown are drawn as components are.'),
  },
  {
    files: ['src/notice/**'],
    rules: forbid('^pinia|/components/|/dialects/', 'notice talks to composables.'),
  },
  {
    files: ['server-dev/**'],
    rules: forbid('/src/(?!protocol/)', 'the server shares the protocol with src, nothing else.'),
  },
  {
    files: ['playground/**'],
    rules: forbid('\\.\\./src/|\\.\\./server-dev/', 'the playground uses the package by its public name.'),
  },
  { files: ['tests/**'], rules: { '@typescript-eslint/no-empty-function': 'off' } },
)
