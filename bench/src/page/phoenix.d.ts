/** The package comes without types. */
declare module 'phoenix' {
  export class Socket {
    constructor(url: string, options?: object);
  }
}
