/** Names of fields whose values never leave the server. */
const SECRET = /password|token|secret|api_?key|ssn/i;

export const isSecret = (name: string): boolean => SECRET.test(name);
