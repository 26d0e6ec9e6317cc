/** 34 ABC 123: plate code, one to three letters, two to five digits. */
const PLATE = /^(0[1-9]|[1-7][0-9]|8[01])([A-PR-VYZ]{1,3})([0-9]{2,5})$/;

/** A Turkish number plate in capitals without blanks; undefined when the text is none. */
export function parsePlate(text: string): string | undefined {
  const plate = text.normalize('NFKC').toLocaleUpperCase('en').replace(/[\s-]/g, '');
  return PLATE.test(plate) ? plate : undefined;
}

/** What is keyed of a plate on a telephone, where letters are left out: 34ABC123 → 34123. */
export function platesDigits(plate: string): string {
  return plate.replace(/[^0-9]/g, '');
}
