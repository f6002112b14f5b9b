/** The most that one import may bring, in bytes; the API says the same. */
export const largestContent = 4_000_000;
