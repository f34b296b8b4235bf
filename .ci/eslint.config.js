// What prettier and the types leave: names, and the slips that JavaScript forgives.
export default [
  {
    rules: {
      eqeqeq: "error",
      "no-implicit-coercion": ["error", { allow: ["!!", "+"] }],
      "no-shadow": "error",
      "no-unused-vars": "error",
      "no-use-before-define": ["error", { functions: false, variables: false }],
      "no-var": "error",
      "prefer-const": "error",
    },
  },
];
