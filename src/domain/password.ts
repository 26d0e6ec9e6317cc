/** Characters a password must have, in the pages and at the door alike. */
export const MIN_PASSWORD_LENGTH = 12;
