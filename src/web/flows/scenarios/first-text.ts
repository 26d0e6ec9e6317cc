/** The smallest scenario file that is whole. */
export function firstScenarios(flow: string): string {
  return `flow: ${flow}
scenarios:
  - name: hangs up at once
    steps:
      - hangs up
`;
}
