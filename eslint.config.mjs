import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['node_modules', 'dist', 'cdk.out', '.cache', '.venv'] },
  ...tseslint.configs.recommended,
  {
    files: ['**/*.ts'],
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/no-non-null-assertion': 'off',
      'max-lines': ['warn', { max: 250, skipComments: true }],
      // A method may have to take what one of its kind does not need.
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      eqeqeq: 'error',
    },
  },
  { files: ['**/*.js', '**/*.cjs'], rules: { '@typescript-eslint/no-require-imports': 'off' } },
  // Tests look into templates, whose shape only CloudFormation knows.
  { files: ['test/**'], rules: { '@typescript-eslint/no-explicit-any': 'off', 'max-lines': 'off' } },
  // A system is one file, however much there is to say about it.
  { files: ['systems/**'], rules: { 'max-lines': 'off' } },
  { files: ['systems/index.ts'], rules: { '@typescript-eslint/no-require-imports': 'off' } },
);
