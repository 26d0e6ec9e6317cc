/** The prompts that the reference's examples say. */
export const PROMPTS = `
general.goodbye: { tr: "Hoşça kalın.", en: "Goodbye." }
test.help: { tr: "Lütfen biri tuşlayın.", en: "Please press one." }
dealer.found: { tr: "Bulduk.", en: "Found." }
dealer.read: { tr: "{{dealer.name}}", en: "{{dealer.name}}" }
${[
  'dealer.ask-how',
  'dealer.ask-how-help',
  'dealer.ask-plate',
  'dealer.bad-plate',
  'appointment.ask-day',
  'appointment.too-late',
  'appointment.bad-day',
  'appointment.ask-time',
  'appointment.bad-time',
  'service.ask-pin',
  'service.wrong-pin',
  'dealer.after-read',
  'dealer.after-last',
  'dealer.empty',
  'general.no-input',
  'general.no-match',
  'general.leave-message',
  'general.one-moment',
  'general.may-we-write',
  'general.call-is-recorded',
]
  .map((key) => `${key}: { tr: "${key}", en: "${key}" }`)
  .join('\n')}
service.which-car: { tr: "general.which", en: "general.which" }
dealer.confirm-plate: { tr: "{{plate|digits}}", en: "{{plate|digits}}" }
`;
